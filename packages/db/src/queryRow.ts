import type { SQL } from "drizzle-orm";
import type { ZodType } from "zod";
import type { Executor } from "./Db.ts";

/** The first row of a query in SQL's own words, which no schema of a table types. @throws ZodError for any other shape */
export async function queryRow<Row>(db: Executor, schema: ZodType<Row>, query: SQL): Promise<Row> {
  const [row] = await db.execute(query);
  return schema.parse(row);
}
