import type { AccountId, Clock, Mode, UserId } from "@trenddojo/brokers/domain";
import { audit, type NewAuditEntry, type Tx } from "@trenddojo/db";

/** The chains: each is hashed by itself, so that writers of different accounts never wait for each other. */
export const chains = {
  system: "system",
  user: (id: UserId) => `user:${id}`,
  account: (id: AccountId) => `account:${id}`,
} as const;

export interface AuditRecord {
  readonly chain: string;
  /** Who acted; null for the desk itself. */
  readonly userId: UserId | null;
  /** "order.placed", "session.started", … */
  readonly action: string;
  /** The id of what it was done to. */
  readonly subject: string | null;
  readonly mode: Mode | null;
  /** One sentence for a person. */
  readonly message: string;
  /** The facts, JSON-native; never a password, token or key. */
  readonly details?: Readonly<Record<string, unknown>>;
}

/** Writes what was done, in the transaction that does it: without the row, the action does not happen. */
export class AuditLog {
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  async append(tx: Tx, record: AuditRecord): Promise<void> {
    await audit.append(tx, this.entry(record));
  }

  /** What `append` writes, dated now: for whoever writes many at once. */
  entry(record: AuditRecord): NewAuditEntry {
    return { ...record, at: this.#clock.now(), details: { ...record.details } };
  }
}
