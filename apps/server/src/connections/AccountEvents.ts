import { ACCOUNT_EVENT_KINDS, type AccountEvent, type AccountEventKind } from "@trenddojo/brokers/domain";
import { audit as auditRows, type AccountRow, type Db, type Tx } from "@trenddojo/db";
import { chains, type AuditLog } from "../audit/AuditLog.ts";
import { subjects, type TickBus } from "../streams/TickBus.ts";
import { isoInstant } from "../wire/encode.ts";

const actionOf = (kind: AccountEventKind): string => `account.${kind}`;

/** The audit log's names of what happens to an account without an order. */
export const ACCOUNT_EVENT_ACTIONS: readonly string[] = ACCOUNT_EVENT_KINDS.map(actionOf);

export interface AccountEventsParts {
  readonly account: AccountRow;
  readonly db: Db;
  readonly audit: AuditLog;
  readonly bus: TickBus;
  /** Called in the transaction that writes the row. */
  readonly onWritten: (tx: Tx, event: AccountEvent) => Promise<void>;
}

/**
 * Writes what happens to one account without an order into its chain of the audit log, each event once, however often
 * its broker tells it: the rows there are the evidence of what was written.
 */
export class AccountEvents {
  readonly #parts: AccountEventsParts;
  /** Null where it has to be read. */
  #written: Set<string> | null = null;

  constructor(parts: AccountEventsParts) {
    this.#parts = parts;
  }

  /** Run it in the account's queue. What it rejects with leaves open whether the row was written: have it told again. */
  async write(event: AccountEvent): Promise<void> {
    const { account, db, audit, bus, onWritten } = this.#parts;
    const { id, message, at, ...facts } = event;
    const chain = chains.account(account.id);
    const written = this.#written ?? new Set(await auditRows.subjects(db, chain, ACCOUNT_EVENT_ACTIONS));
    this.#written = null;
    if (!written.has(id)) {
      await db.transaction(async (tx) => {
        await audit.append(tx, {
          chain,
          userId: null,
          action: actionOf(event.kind),
          subject: id,
          mode: account.mode,
          message,
          details: { ...facts, at: isoInstant(at) },
        });
        await onWritten(tx, event);
      });
      written.add(id);
      bus.publish(subjects.accountEvents(account.id));
    }
    this.#written = written;
  }
}
