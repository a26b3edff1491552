import { sql } from "drizzle-orm";
import type { Tx } from "./Db.ts";

/** From here on the transaction fails, as `serialization`, where a lock cannot be had within `ms`. @default it waits */
export async function limitLockWait(tx: Tx, ms: number): Promise<void> {
  await tx.execute(sql`select set_config('lock_timeout', ${`${ms}ms`}, true)`);
}
