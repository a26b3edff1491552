import type { Clock } from "@trenddojo/brokers/domain";
import { drifts, type AccountRow, type Db, type DriftEnd, type DriftRow, type NewDrift, type Tx } from "@trenddojo/db";
import { announceAlerts } from "../alerts/announceAlerts.ts";
import { raiseAlert, recoverAlert } from "../alerts/raiseAlert.ts";
import type { IdMaker } from "../lib/IdMaker.ts";
import { subjects, type TickBus } from "../streams/TickBus.ts";

/** A difference as it is found. */
export type FoundDrift = Omit<NewDrift, "id" | "accountId" | "mode">;
/** In what an account and its broker differ. */
export type DriftSubject = Pick<FoundDrift, "kind" | "subject">;
type Ending = Omit<DriftEnd, "at" | "by">;

export interface DriftLedgerParts {
  readonly account: AccountRow;
  readonly db: Db;
  readonly clock: Clock;
  readonly ids: IdMaker;
  readonly bus: TickBus;
}

/**
 * The differences between the desk and one account's broker. Each is written in the transaction of what settles it; one
 * that waits for a person is open, seen again rather than written again, and ends by itself when the broker's word agrees.
 */
export class DriftLedger {
  readonly #parts: DriftLedgerParts;
  #isChanged = false;

  constructor(parts: DriftLedgerParts) {
    this.#parts = parts;
  }

  /** A difference that the desk settles in this transaction; one that was open ends with it. */
  async settled(tx: Tx, found: FoundDrift): Promise<void> {
    const { action, there, evidence } = found;
    if ((await this.agreed(tx, found, { action, there, evidence, note: null })) !== null) return;
    await drifts.insertResolved(tx, this.#row(found), this.#parts.clock.now());
    this.#isChanged = true;
  }

  /** A difference that waits for a person. */
  async open(tx: Tx, found: FoundDrift, alert: string | null): Promise<void> {
    const { account, clock } = this.#parts;
    const { id, timesSeen } = await drifts.seeOpen(tx, this.#row(found), clock.now());
    this.#isChanged = true;
    if (timesSeen > 1 || alert === null) return;
    const { userId, connectionId } = account;
    await raiseAlert(clock, tx, { userId, kind: "drift", subject: id, connectionId, message: alert });
  }

  /** It is one no longer. @returns the row that ended; null where none was open */
  async agreed(tx: Tx, { kind, subject }: DriftSubject, end: Ending): Promise<DriftRow | null> {
    const { account, clock } = this.#parts;
    const key = { accountId: account.id, kind, subject };
    const row = await drifts.resolve(tx, key, { ...end, at: clock.now(), by: null });
    if (row === null) return null;
    this.#isChanged = true;
    await recoverAlert(clock, tx, { userId: account.userId, kind: "drift", subject: row.id });
    return row;
  }

  listOpen(): Promise<DriftRow[]> {
    return drifts.listOpen(this.#parts.db, this.#parts.account.id);
  }

  /** After the commits: screens and webhooks look, where anything changed. */
  announce(): void {
    if (!this.#isChanged) return;
    this.#isChanged = false;
    const { bus, account } = this.#parts;
    announceAlerts(bus, account.userId);
    bus.publish(subjects.connections(account.userId));
  }

  #row(found: FoundDrift): NewDrift {
    const { account, ids } = this.#parts;
    return { ...found, id: ids.uuid(), accountId: account.id, mode: account.mode };
  }
}
