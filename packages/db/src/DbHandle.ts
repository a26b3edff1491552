import type { Db } from "./Db.ts";
import type { DbError } from "./DbError.ts";

/** An open, migrated database. */
export interface DbHandle extends AsyncDisposable {
  readonly db: Db;
  readonly kind: "embedded" | "server";
  /** What was acknowledged is on the disk. The embedded engine survives `kill -9`, but never calls fsync. */
  readonly survivesPowerLoss: boolean;
  /**
   * Resolves where the embedded engine has ended by itself or is stuck, DATABASE_LOST: no statement succeeds any more, and only a new
   * process helps. A server's has none: the driver connects again.
   */
  readonly lost?: Promise<DbError>;
  /**
   * Tells when a trading state was committed, by whichever process, and each time it has begun to listen anew, for what was
   * said meanwhile is lost. A hint alone: it may never come (a pooler in between, a server that is away), so the truth is
   * looked up as well. An embedded database has none: no other process has it open.
   */
  readonly onTradingStateSet?: (heard: () => void) => Disposable;
  /** Waits for what is under way, at most 5 s, and closes. Idempotent. */
  close(): Promise<void>;
}
