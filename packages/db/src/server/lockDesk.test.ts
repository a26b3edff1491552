import { SystemClock } from "@trenddojo/brokers";
import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { connect } from "../connect.ts";
import { createEmptyDatabase, findTestServer } from "../testing/createServerTestDb.ts";
import { lockDesk } from "./lockDesk.ts";

const clock = new SystemClock();
const server = await findTestServer();

test("[DB155] an address that leads nowhere is refused as it is when the database is opened", async () => {
  await expect(lockDesk("postgres://u:p@127.0.0.1:1/db", clock)).rejects.toMatchObject({
    code: "DATABASE_UNREACHABLE",
  });
  await expect(lockDesk("garbage", clock)).rejects.toMatchObject({ code: "BAD_DATABASE_URL" });
});

describe.skipIf("skipped" in server)(`on a server${"skipped" in server ? `: skipped, ${server.skipped}` : ""}`, () => {
  const { url } = "url" in server ? server : { url: "" };

  test("[DB155] a database has one desk: a second one is told which, and takes its place once it is gone", async () => {
    await using empty = await createEmptyDatabase({ url });
    await using first = await lockDesk(empty.url, clock);
    await expect(lockDesk(empty.url, clock, { waitMs: 0 })).rejects.toMatchObject({
      code: "DESK_RUNS_ALREADY",
      message: expect.stringMatching(/another desk .*works on .*; stop that one/),
    });
    const waiting = lockDesk(empty.url, clock);
    await first[Symbol.asyncDispose]();
    await using second = await waiting;
    expect(second.lost).toBeInstanceOf(Promise);
  });

  test("[DB155] another database has a desk of its own", async () => {
    await using one = await createEmptyDatabase({ url });
    await using two = await createEmptyDatabase({ url });
    await using first = await lockDesk(one.url, clock, { waitMs: 0 });
    await using second = await lockDesk(two.url, clock, { waitMs: 0 });
    expect(first).not.toBe(second);
  });

  test("[DB155] one whose session is cut has it again, or hears that another was there first", async () => {
    await using empty = await createEmptyDatabase({ url });
    const { db, client } = connect({ url: empty.url, maxConnections: 1 });
    const rival = connect({ url: empty.url, maxConnections: 1 });
    const holder = async (): Promise<{ readonly pid: number; readonly key: number } | undefined> => {
      const [row] = await db.execute<{ pid: number; key: number }>(
        sql`select pid, objid::int as key from pg_locks where locktype = 'advisory' and granted
          and database = (select oid from pg_database where datname = current_database())`,
      );
      return row;
    };
    const cut = async (): Promise<void> => {
      await db.execute(sql`select pg_terminate_backend(${(await holder())?.pid ?? 0}::int)`);
    };
    try {
      await using first = await lockDesk(empty.url, clock);
      const before = await holder();
      await cut();
      await expect.poll(holder, { timeout: 5_000 }).toSatisfy((now) => now !== undefined && now.pid !== before?.pid);
      // Whoever waits for it has it the moment it is let go.
      const taken = rival.db.execute(sql`select pg_advisory_lock(${before?.key ?? 0}::bigint)`).execute();
      const waiting = sql`select 1 from pg_locks where locktype = 'advisory' and not granted
        and database = (select oid from pg_database where datname = current_database())`;
      await expect.poll(() => db.execute(waiting)).toHaveLength(1);
      await cut();
      await taken;
      expect(await first.lost).toMatchObject({ code: "DESK_RUNS_ALREADY" });
    } finally {
      await Promise.all([client.end(), rival.client.end()]);
    }
  });
});
