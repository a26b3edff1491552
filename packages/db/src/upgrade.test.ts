import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { userId } from "@trenddojo/brokers/domain";
import { sql } from "drizzle-orm";
import { migrate as applyMigrations } from "drizzle-orm/postgres-js/migrator";
import { expect, test } from "vitest";
import { z } from "zod";
import type { Db } from "./Db.ts";
import { migrate, MIGRATIONS_FOLDER } from "./migrate.ts";
import * as fills from "./repositories/fills.ts";
import * as orders from "./repositories/orders.ts";
import { describeEachDriver } from "./testing/describeEachDriver.ts";
import { createIds, newFill, newIntent, NOW, seedAccount } from "./testing/fixtures.ts";

const journal = z.looseObject({ entries: z.array(z.looseObject({ idx: z.number() })) });

/** Leaves the database empty but for the first `count` migrations. */
async function goBackTo(db: Db, count: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "trenddojo-migrations-"));
  try {
    await cp(MIGRATIONS_FOLDER, folder, { recursive: true });
    const file = join(folder, "meta", "_journal.json");
    const all = journal.parse(JSON.parse(await readFile(file, "utf8")));
    await writeFile(file, JSON.stringify({ ...all, entries: all.entries.slice(0, count) }));
    for (const schema of ["public", "drizzle"]) await db.execute(sql.raw(`drop schema ${schema} cascade`));
    await db.execute(sql`create schema public`);
    await applyMigrations(db, { migrationsFolder: folder });
  } finally {
    await rm(folder, { recursive: true });
  }
}

await describeEachDriver("a database of an earlier version", (db) => {
  test("[DB83] orders and executions from before there were orders of every kind stay as they were", async () => {
    await goBackTo(db(), 3);
    const ids = createIds();
    // As that version wrote a person: today's repository knows columns that come later.
    const at = new Date(NOW).toISOString();
    await db().execute(sql`insert into users (id, username, username_key, password_hash, role, created_at,
      password_changed_at) values ('ada', 'Ada', 'ada', '$argon2id$x', 'trader', ${at}, ${at})`);
    const account = await seedAccount(db(), ids, { owner: userId("ada") });
    const insert = (type: string, price: string | null, stop: string | null) => {
      const { id, clientOrderId } = newIntent(account, ids);
      return db().execute(sql`insert into orders (id, user_id, account_id, mode, idempotency_key, request_hash,
        client_order_id, symbol, side, type, time_in_force, extended_hours, quantity, price, stop_price, state,
        filled_quantity, valid_until, created_at, updated_at)
        values (${id}, ${account.userId}, ${account.id}, 'paper', ${id}, 'h', ${clientOrderId}, 'AAPL', 'buy', ${type},
        'gtc', false, 1, ${price}, ${stop}, 'INTENT', 0, now(), ${new Date(NOW).toISOString()}, now())`);
    };
    await insert("market", null, null);
    await insert("limit", "1", null);
    await insert("stop", null, "1");
    await insert("stop_limit", "1", "1");
    await migrate(db());
    const rows = await orders.listOpen(db(), account.id);
    expect(rows).toHaveLength(4);
    for (const row of rows) {
      expect(row).toMatchObject({
        leaderId: null,
        orderClass: null,
        trailBy: null,
        isHeld: false,
        why: null,
        triggeredBy: null,
      });
    }
    const [first] = rows;
    if (first === undefined) throw new Error("there is no order");
    const moved = { orderId: first.id, from: "INTENT", to: "EXPIRED_UNSENT", now: NOW } as const;
    expect((await db().transaction((tx) => orders.applyTransition(tx, moved)))?.state).toBe("EXPIRED_UNSENT");
    const fill = newFill(first, ids);
    expect(await db().transaction((tx) => fills.insert(tx, fill))).toBe(true);
    expect(await fills.listByOrder(db(), first.id)).toEqual([fill]);
  });
});
