import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Executor } from "./Db.ts";
import { queryRow } from "./queryRow.ts";

// The driver tells a bigint as text.
const row = z.object({ bytes: z.coerce.number().int().nonnegative() });

/** How much the database takes on the disk, indexes too, bytes. */
export async function readDatabaseSize(db: Executor): Promise<number> {
  const { bytes } = await queryRow(db, row, sql`select pg_database_size(current_database()) as bytes`);
  return bytes;
}
