import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import type { Executor } from "./Db.ts";
import { describeEachDriver } from "./testing/describeEachDriver.ts";

await describeEachDriver("statements", (db) => {
  /** How many statements with this mark the server keeps for the connection. */
  const kept = async (tx: Executor, mark: string): Promise<number> =>
    (await tx.execute(sql.raw(`select 1 from pg_prepared_statements where statement like '%:: ${mark}%'`))).length;

  test("[DB85] a statement with parameters is kept by the server, and serves other values", async () => {
    await db().transaction(async (tx) => {
      for (const value of [1, 2, 3]) {
        const [row] = await tx.execute(sql`select ${value}::integer as value /*:: one */`);
        expect(row).toEqual({ value });
      }
      expect(await kept(tx, "one")).toBe(1);
    });
  });

  test("[DB85] one with a long list is not, for lists come in every length", async () => {
    await db().transaction(async (tx) => {
      const list = sql.join(
        Array.from({ length: 65 }, (_, index) => sql`${index}::integer`),
        sql.raw(", "),
      );
      expect(await tx.execute(sql`select 1 where 64 in (${list}) /*:: many */`)).toHaveLength(1);
      expect(await kept(tx, "many")).toBe(0);
    });
  });

  test("[DB85] what is sent together in a transaction is done in its order, and fails as one", async () => {
    const lines = db().transaction(async (tx) => {
      await Promise.all([
        tx.execute(sql`create temporary table kept_lines (line integer) on commit drop`),
        tx.execute(sql`insert into kept_lines values (${1})`),
        tx.execute(sql`update kept_lines set line = line + ${1}`),
      ]);
      return tx.execute(sql`select line from kept_lines where line > ${0}`);
    });
    expect(await lines).toEqual([{ line: 2 }]);
    const failing = db().transaction((tx) => Promise.all([tx.execute(sql`select 1 / ${0}::integer`), kept(tx, "one")]));
    await expect(failing).rejects.toThrow("select 1 /");
    expect(await db().execute(sql`select ${1}::integer as value`)).toEqual([{ value: 1 }]);
  });
});
