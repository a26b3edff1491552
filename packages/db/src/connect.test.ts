import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { describeEachDriver } from "./testing/describeEachDriver.ts";

/** As many as the driver would send before it waits, and one on either side. */
const COUNTS = [99, 100, 101, 102];

await describeEachDriver("the pipeline", (db) => {
  test.each(COUNTS)("[DB130] a transaction that begins behind %i statements is one, and ends", async (count) => {
    const statements = Array.from({ length: count }, async () => db().execute(sql`select 1`));
    // By then the driver has all of them, and none is answered.
    await new Promise<void>((resolve) => process.nextTick(resolve));
    const inside = db().transaction((tx) => tx.execute(sql`select 2 as value`));
    expect(await inside).toEqual([{ value: 2 }]);
    await Promise.all(statements);
    // Outside of a transaction it begins with its statement.
    expect(await db().execute(sql`select now() = statement_timestamp() as is_alone`)).toEqual([{ is_alone: true }]);
  });
});
