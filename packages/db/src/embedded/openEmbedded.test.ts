import { userId } from "@trenddojo/brokers/domain";
import { sql } from "drizzle-orm";
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createDb } from "../createDb.ts";
import { classifyDriverError } from "../driverError.ts";
import { ping } from "../ping.ts";
import * as orderEvents from "../repositories/orderEvents.ts";
import * as users from "../repositories/users.ts";
import { failureOf, seedUser } from "../testing/fixtures.ts";
import { spawnScript } from "../testing/spawnScript.ts";

let dataDir = "";
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "trenddojo-data-"));
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

test("[DB70] what was written is there after a close, in a folder that nobody else may enter; closing twice is closing once", async () => {
  const nested = join(dataDir, "a", "b");
  const store = await createDb({ dataDir: nested });
  expect(store).toMatchObject({ kind: "embedded", survivesPowerLoss: false });
  await seedUser(store.db, "Ada");
  const socketDirectory = await readFile(join(nested, "database.socket"), "utf8");
  for (const folder of [socketDirectory, join(nested, "database")])
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
  await Promise.all([store.close(), store.close()]);
  await store.close();
  expect(await failureOf(ping(store.db), classifyDriverError)).toEqual({ kind: "connection", constraint: null });
  await expect(stat(socketDirectory)).rejects.toMatchObject({ code: "ENOENT" });

  await using again = await createDb({ dataDir: nested });
  expect(await users.findByUsername(again.db, "ada")).not.toBeNull();
  // Where the system has process namespaces, the lock's sign of life besides.
  const names = (await readdir(nested)).filter((name) => !name.endsWith(".alive"));
  expect(names).toEqual(["database", "database.lock.2", "database.socket"]);
});

test("[DB71] a second process on the same folder ends at once and names the first", async () => {
  await using store = await createDb({ dataDir });
  await using second = spawnScript("writeUsers.ts", [dataDir, "b"]);
  expect(await second.nextLine()).toBe(
    `DATA_DIR_LOCKED process ${process.pid} has ${join(dataDir, "database")} open; stop it, or give this one another data directory`,
  );
  expect(await second.ended).toBe(1);
  await ping(store.db);
});

test("[DB72] kill -9 while it writes, again and again: nothing acknowledged is lost, nothing half-done is there", async () => {
  const acknowledged: string[] = [];
  const leftovers: string[] = [];
  for (let round = 0; round < 2; round += 1) {
    await using writer = spawnScript("writeUsers.ts", [dataDir, `round${round}`]);
    expect(await writer.nextLine()).toBe("OPEN");
    for (let count = 0; count < 40; count += 1) acknowledged.push((await writer.nextLine()) ?? "");
    leftovers.push(await readFile(join(dataDir, "database.socket"), "utf8"));
    writer.kill("SIGKILL");
    expect(await writer.ended).toBe("SIGKILL");
    acknowledged.push(...(await writer.rest()).filter((line) => line.startsWith(`round${round}-`)));
  }
  await using store = await createDb({ dataDir });
  const stored = new Set((await users.list(store.db)).map((user) => user.username));
  expect(acknowledged.filter((name) => !stored.has(name))).toEqual([]);
  for (const leftover of leftovers) await expect(stat(leftover)).rejects.toMatchObject({ code: "ENOENT" });
  // A user is stored with a trading state and an event stream in one transaction.
  const [halves] = await store.db.execute<{ count: number }>(
    sql`select count(*)::int as count from users u
      left join trading_states t on t.user_id = u.id left join event_streams e on e.user_id = u.id
      where t.user_id is null or e.user_id is null`,
  );
  expect(halves?.count).toBe(0);
});

test("[DB73] a broken template costs time, not the start", async () => {
  const template = join(dataDir, "template");
  await mkdir(template);
  await writeFile(join(template, "PG_VERSION"), "18");
  await using store = await createDb({ dataDir, template });
  expect(await orderEvents.lastSequence(store.db, userId("nobody"))).toBe(0);
  expect(await readdir(dataDir)).not.toContain("database.incomplete");
});

test("[DB73] a first start that was killed half-way begins anew; a whole database is never thrown away", async () => {
  await mkdir(join(dataDir, "database"));
  await writeFile(join(dataDir, "database", "PG_VERSION"), "18");
  await writeFile(join(dataDir, "database.incomplete"), "");
  {
    await using store = await createDb({ dataDir });
    await seedUser(store.db, "Ada");
  }
  await using store = await createDb({ dataDir });
  expect(await users.findByUsername(store.db, "Ada")).not.toBeNull();
});

test("[DB73] a damaged database is reported and left as it is, and its lock is free again", async () => {
  const database = join(dataDir, "database");
  await mkdir(database);
  await writeFile(join(database, "PG_VERSION"), "18");
  for (let attempt = 0; attempt < 2; attempt += 1) {
    await expect(createDb({ dataDir })).rejects.toMatchObject({
      code: "DATA_DIR_DAMAGED",
      details: { path: database },
    });
  }
  expect(await readdir(database)).toContain("PG_VERSION");
});

test("[DB74] a data directory that cannot be made is refused with its path", async () => {
  const file = join(dataDir, "file");
  await writeFile(file, "");
  await expect(createDb({ dataDir: join(file, "below") })).rejects.toMatchObject({
    code: "DATA_DIR_UNWRITABLE",
    details: { path: join(file, "below", "database"), code: "ENOTDIR" },
  });
});
