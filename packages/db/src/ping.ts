import { sql } from "drizzle-orm";
import type { Executor } from "./Db.ts";

/** Resolves when the database answers. @throws a `connection` failure, see `classifyDriverError` */
export async function ping(db: Executor): Promise<void> {
  await db.execute(sql`select 1`);
}
