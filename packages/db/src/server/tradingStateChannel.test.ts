import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { tradingStates } from "../index.ts";
import { createEmptyDatabase, createServerTestDb, findTestServer } from "../testing/createServerTestDb.ts";
import { NOW, seedUser } from "../testing/fixtures.ts";
import { openServer } from "./openServer.ts";

const server = await findTestServer();
describe.skipIf("skipped" in server)(`on a server${"skipped" in server ? `: skipped, ${server.skipped}` : ""}`, () => {
  const { url } = "url" in server ? server : { url: "" };
  const timeout = 10_000;

  test("[DB160] another process is told of a trading state that is committed, and of no other", async () => {
    await using empty = await createEmptyDatabase({ url });
    await using here = await openServer(empty.url);
    await using beside = await openServer(empty.url);
    const { id: userId } = await seedUser(beside.db, "ada");
    const halted = { userId, state: "HALTED", reason: null, changedAt: NOW, changedBy: null } as const;
    let told = 0;
    using hearing = here.onTradingStateSet?.(() => (told += 1));
    await expect.poll(() => told, { timeout }).toBe(1);
    const undone = beside.db.transaction(async (tx) => {
      await tradingStates.set(tx, halted);
      throw new Error("undone");
    });
    await expect(undone).rejects.toThrow("undone");
    await beside.db.transaction((tx) => tradingStates.set(tx, halted));
    await expect.poll(() => told, { timeout }).toBe(2);
    hearing?.[Symbol.dispose]();
    // The one after it on the same channel has come, and the one who left was not told.
    let toldLater = 0;
    using _later = here.onTradingStateSet?.(() => (toldLater += 1));
    await expect.poll(() => toldLater, { timeout }).toBe(1);
    await tradingStates.set(beside.db, halted);
    await expect.poll(() => toldLater, { timeout }).toBe(2);
    expect(told).toBe(2);
  });

  test("[DB160] one whose session was cut listens again, and is told that it may have missed something", async () => {
    await using here = await createServerTestDb({ url });
    let told = 0;
    using _hearing = here.onTradingStateSet?.(() => (told += 1));
    await expect.poll(() => told, { timeout }).toBe(1);
    await here.db.execute(
      sql`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and query like 'listen%' and pid <> pg_backend_pid()`,
    );
    await expect.poll(() => told, { timeout }).toBe(2);
    const { id: userId } = await seedUser(here.db, "ada");
    await tradingStates.set(here.db, { userId, state: "HALTED", reason: null, changedAt: NOW, changedBy: null });
    await expect.poll(() => told, { timeout }).toBe(3);
  });
});
