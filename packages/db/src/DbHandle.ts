import type { Db } from "./Db.ts";

/** An open, migrated database. */
export interface DbHandle extends AsyncDisposable {
  readonly db: Db;
  readonly kind: "embedded" | "server";
  /** What was acknowledged is on the disk. The embedded engine survives `kill -9`, but never calls fsync. */
  readonly survivesPowerLoss: boolean;
  /** Waits for what is under way, at most 5 s, and closes. Idempotent. */
  close(): Promise<void>;
}
