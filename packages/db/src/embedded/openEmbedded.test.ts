import { userId } from "@trenddojo/brokers/domain";
import { sql } from "drizzle-orm";
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
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

test("[DB70] what was written is there after a close, in a folder that nobody else may enter", async () => {
  const nested = join(dataDir, "a", "b");
  {
    await using store = await createDb({ dataDir: nested });
    expect(store).toMatchObject({ kind: "embedded", survivesPowerLoss: false });
    await seedUser(store.db, "Ada");
    await ping(store.db);
  }
  expect((await stat(join(nested, "database"))).mode & 0o777).toBe(0o700);
  await using store = await createDb({ dataDir: nested });
  expect(await users.findByUsername(store.db, "ada")).not.toBeNull();
  expect(await readdir(nested)).toEqual(["database", "database.lock.2"]);
});

test("[DB70] closing twice is closing once; afterwards every query is refused as a connection failure", async () => {
  const before = await socketDirectories();
  const store = await createDb({ dataDir });
  await Promise.all([store.close(), store.close()]);
  await store.close();
  expect(await failureOf(ping(store.db), classifyDriverError)).toEqual({ kind: "connection", constraint: null });
  expect(await socketDirectories()).toEqual(before);
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
  for (let round = 0; round < 3; round += 1) {
    await using writer = spawnScript("writeUsers.ts", [dataDir, `round${round}`]);
    expect(await writer.nextLine()).toBe("OPEN");
    for (let count = 0; count < 40; count += 1) acknowledged.push((await writer.nextLine()) ?? "");
    writer.kill("SIGKILL");
    expect(await writer.ended).toBe("SIGKILL");
    acknowledged.push(...(await writer.rest()).filter((line) => line.startsWith(`round${round}-`)));
  }
  await using store = await createDb({ dataDir });
  const stored = new Set((await users.list(store.db)).map((user) => user.username));
  expect(acknowledged.filter((name) => !stored.has(name))).toEqual([]);
  // A user is stored with a trading state and an event stream in one transaction.
  const [halves] = await store.db.execute<{ count: number }>(
    sql`select count(*)::int as count from users u
      left join trading_states t on t.user_id = u.id left join event_streams e on e.user_id = u.id
      where t.user_id is null or e.user_id is null`,
  );
  expect(halves?.count).toBe(0);
});

test("[DB73] a broken or missing template costs time, not the start", async () => {
  const broken = join(dataDir, "broken.tar.gz");
  await writeFile(broken, "this is no archive");
  for (const template of [broken, join(dataDir, "missing.tar.gz")]) {
    const folder = join(dataDir, template === broken ? "a" : "b");
    await using store = await createDb({ dataDir: folder, template });
    expect(await orderEvents.lastSequence(store.db, userId("nobody"))).toBe(0);
    expect(await readdir(folder)).toEqual(["database", "database.lock.1"]);
  }
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
    await expect(createDb({ dataDir })).rejects.toMatchObject({ code: "DATA_DIR_DAMAGED", details: { path: database } });
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

async function socketDirectories(): Promise<string[]> {
  return (await readdir(tmpdir())).filter((name) => /^trenddojo-\w{6}$/.test(name)).sort();
}
