import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { GENESIS_HASH } from "../audit/auditHash.ts";
import type { Db } from "../Db.ts";
import { auditChains } from "../schema/audit.ts";
import { createServerTestDb, findTestServer } from "../testing/createServerTestDb.ts";
import { NOW } from "../testing/fixtures.ts";
import * as audit from "./audit.ts";

const server = await findTestServer();

const entry = (chain: string): audit.NewAuditEntry => ({
  chain,
  at: NOW,
  userId: null,
  action: "order.placed",
  subject: null,
  mode: "paper",
  message: "Placed an order",
  details: {},
});

/** Resolves once so many sessions of the database wait for a lock. */
async function untilWaiting(db: Db, count: number): Promise<void> {
  for (;;) {
    const waiting = await db.execute(
      sql`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    if (waiting.length >= count) return;
  }
}

// The embedded database has one connection: nobody waits for another there.
describe.skipIf("skipped" in server)(`on a server${"skipped" in server ? `: skipped, ${server.skipped}` : ""}`, () => {
  const { url } = "url" in server ? server : { url: "" };

  test("[DB31] two writers that begin the same chains, each in its own order, never wait crosswise", async () => {
    await using store = await createServerTestDb({ url }, { maxConnections: 4 });
    const { db } = store;
    const write = (chains: readonly string[]) => db.transaction((tx) => audit.appendAll(tx, chains.map(entry)));
    // A third one has begun the chain between: were they to begin theirs as they were asked, each would hold one by now.
    const { both } = await db.transaction(async (tx) => {
      await tx.insert(auditChains).values({ chain: "m", lastSequence: 0, lastHash: GENESIS_HASH });
      const writers = Promise.allSettled([write(["a", "m", "z"]), write(["z", "m", "a"])]);
      await untilWaiting(db, 2);
      return { both: writers };
    });
    expect((await both).map(({ status }) => status)).toEqual(["fulfilled", "fulfilled"]);
    for (const chain of ["a", "m", "z"]) expect(await audit.verify(db, chain)).toMatchObject({ ok: true, rows: 2 });
  });
});
