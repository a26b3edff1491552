import type { Db } from "@trenddojo/db";
import { sql } from "drizzle-orm";

/** Every row of every table as text, sorted, by the table's name. */
export async function dumpTables(db: Db): Promise<ReadonlyMap<string, readonly string[]>> {
  const tables = await db.execute<{ name: string }>(
    sql`select format('%I.%I', schemaname, tablename) as name from pg_tables
      where schemaname in ('public', 'drizzle') order by name`,
  );
  const dump = new Map<string, readonly string[]>();
  for (const { name } of tables) {
    const rows = await db.execute<{ row: string }>(sql.raw(`select t::text as row from ${name} as t`));
    dump.set(name, rows.map(({ row }) => row).toSorted());
  }
  return dump;
}
