import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";
import { sql } from "drizzle-orm";
import { readMigrationFiles } from "drizzle-orm/migrator";
import { describe, expect, test } from "vitest";
import { createDb } from "../createDb.ts";
import { DbError } from "../DbError.ts";
import { connect } from "../connect.ts";
import { MIGRATIONS_FOLDER } from "../migrate.ts";
import { createEmptyDatabase, createServerTestDb, findTestServer } from "../testing/createServerTestDb.ts";
import { seedUser } from "../testing/fixtures.ts";
import { deskSessionName, deskSessions } from "./deskSessions.ts";
import { openServer } from "./openServer.ts";

const SECRET = "geheim-7";
const MIGRATIONS = readMigrationFiles({ migrationsFolder: MIGRATIONS_FOLDER }).length;

describe("[DB80] a DATABASE_URL that leads nowhere is refused in one line, without its password", () => {
  test.each([
    ["garbage", "BAD_DATABASE_URL"],
    [`mysql://u:${SECRET}@127.0.0.1/db`, "BAD_DATABASE_URL"],
    [`postgres://u:${SECRET}@127.0.0.1:99999/db`, "BAD_DATABASE_URL"],
    [`postgres://u:${SECRET}@127.0.0.1`, "BAD_DATABASE_URL"],
    [`postgres://u:${SECRET}@127.0.0.1:1/db`, "DATABASE_UNREACHABLE"],
    [`postgres://u:${SECRET}@nowhere.invalid/db`, "DATABASE_UNREACHABLE"],
  ])("%s: %s", async (databaseUrl, code) => {
    expect(await refusalOf(databaseUrl)).toBe(code);
  });

  test.each([
    ["hangs up without a word", (socket: Socket) => socket.end()],
    ["is a web server", (socket: Socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n")],
  ])("what answers %s", async (_name, answer) => {
    await using server = await listen(answer);
    expect(await refusalOf(`postgres://u:${SECRET}@127.0.0.1:${server.port}/db`)).toBe("DATABASE_UNREACHABLE");
  });
});

const server = await findTestServer();
describe.skipIf("skipped" in server)(`on a server${"skipped" in server ? `: skipped, ${server.skipped}` : ""}`, () => {
  const { url } = "url" in server ? server : { url: "" };

  test("[DB80] a missing database and a wrong user are told apart", async () => {
    expect(await refusalOf(withPath(url, "/no_such_database"))).toBe("DATABASE_MISSING");
    const stranger = new URL(url);
    stranger.username = "no_such_user";
    stranger.password = SECRET;
    expect(await refusalOf(stranger.href)).toBe("DATABASE_AUTH_FAILED");
  });

  test("[DB81] processes that start at once on an empty database migrate it once", async () => {
    await using empty = await createEmptyDatabase({ url });
    const stores = await Promise.all([1, 2, 3, 4].map(() => openServer(empty.url)));
    const [first] = stores;
    const applied = await first?.db.execute<{ count: number }>(
      sql`select count(*)::int as count, count(distinct hash)::int as distinct from drizzle.__drizzle_migrations`,
    );
    expect(applied?.[0]).toEqual({ count: MIGRATIONS, distinct: MIGRATIONS });
    await Promise.all(stores.map((store) => store.close()));
  });

  test("[DB81] a database of a newer version is left alone", async () => {
    await using store = await createServerTestDb({ url });
    await seedUser(store.db, "Ada");
    await store.db.execute(
      sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('next', 9999999999999)`,
    );
    const [row] = await store.db.execute<{ name: string }>(sql`select current_database() as name`);
    const again = openServer(withPath(url, `/${row?.name}`));
    await expect(again).rejects.toMatchObject({
      code: "DATABASE_TOO_NEW",
      details: { databaseSchema: 9_999_999_999_999 },
    });
  });

  test("[DB81] every session commits to the disk, speaks UTC, and the handle says whether power loss is survived", async () => {
    await using store = await createServerTestDb({ url });
    const [row] = await store.db.execute(
      sql`select current_setting('synchronous_commit') as commit, current_setting('TimeZone') as zone,
        current_setting('fsync') = 'on' and current_setting('full_page_writes') = 'on' as safe`,
    );
    expect(row).toEqual({ commit: "on", zone: "UTC", safe: store.survivesPowerLoss });
    expect(store.kind).toBe("server");
  });

  test("[DB84] a desk's sessions say where it runs, and others see it as long as they are open", async () => {
    await using empty = await createEmptyDatabase({ url });
    await using other = await openServer(empty.url);
    expect(await deskSessions(other.db)).toEqual([]);
    const desk = await openServer(empty.url, { sessionName: deskSessionName() });
    expect(await deskSessions(desk.db)).toEqual([{ host: expect.stringMatching(/./), pid: process.pid }]);
    expect(await deskSessions(other.db)).toHaveLength(1);
    await desk.close();
    await expect.poll(() => deskSessions(other.db)).toEqual([]);
  });

  test("[DB82] a migration that fails leaves the database as it was", async () => {
    await using empty = await createEmptyDatabase({ url });
    const { db, client } = connect({ url: empty.url, maxConnections: 1 });
    await db.execute(sql`create table users (id text)`);
    await expect(openServer(empty.url)).rejects.toMatchObject({ code: "MIGRATION_FAILED" });
    const tables = await db.execute<{ name: string }>(
      sql`select table_name as name from information_schema.tables where table_schema = 'public'`,
    );
    expect([...tables]).toEqual([{ name: "users" }]);
    await client.end();
  });
});

/** The code that it is refused with; its message must be one line without the password. */
async function refusalOf(databaseUrl: string): Promise<string> {
  const error: unknown = await createDb({ databaseUrl, dataDir: "/nowhere" }).catch((cause: unknown) => cause);
  if (!(error instanceof DbError)) throw new Error("it was expected to be refused", { cause: error });
  expect(error.message).not.toContain(SECRET);
  expect(error.message).not.toContain("\n");
  return error.code;
}

function withPath(url: string, pathname: string): string {
  const changed = new URL(url);
  changed.pathname = pathname;
  return changed.href;
}

async function listen(answer: (socket: Socket) => void): Promise<AsyncDisposable & { readonly port: number }> {
  const listener: Server = createServer((socket) => {
    socket.on("error", () => {});
    // A socket that nobody reads never notices that the other side has gone.
    socket.resume();
    answer(socket);
  });
  listener.listen(0, "127.0.0.1");
  await once(listener, "listening");
  const address = listener.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return {
    port: address.port,
    async [Symbol.asyncDispose]() {
      listener.close();
      await once(listener, "close");
    },
  };
}
