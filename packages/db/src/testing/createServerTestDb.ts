import { randomBytes } from "node:crypto";
import postgres from "postgres";
import { openServer } from "../server/openServer.ts";
import type { TestDb } from "./createTestDb.ts";

/** A server to test on, or why there is none. */
export type TestServer = { readonly url: string } | { readonly skipped: string };

const LOCAL_SERVER = "postgres://postgres@127.0.0.1:5432/postgres";

/** The server at `TEST_DATABASE_URL` or one that lets `postgres` in on 127.0.0.1:5432. A configured one must answer. */
export async function findTestServer(): Promise<TestServer> {
  // oxlint-disable-next-line no-restricted-properties -- a test run has no env.ts
  const configured = process.env["TEST_DATABASE_URL"];
  const url = configured ?? LOCAL_SERVER;
  const client = connectTo(url);
  try {
    await client`select 1`;
    return { url };
  } catch (error) {
    if (configured !== undefined)
      throw new Error("TEST_DATABASE_URL is set, but no database answers there", { cause: error });
    return { skipped: "no TEST_DATABASE_URL, and no Postgres lets user postgres in on 127.0.0.1:5432" };
  } finally {
    await client.end();
  }
}

/** A fresh, migrated database on `server`; closing it drops it. */
export async function createServerTestDb(
  server: { readonly url: string },
  options: { readonly maxConnections?: number } = {},
): Promise<TestDb> {
  const empty = await createEmptyDatabase(server);
  try {
    const handle = await openServer(empty.url, options);
    const close = async (): Promise<void> => {
      await handle.close();
      await empty[Symbol.asyncDispose]();
    };
    return { ...handle, dataDir: null, close, [Symbol.asyncDispose]: close };
  } catch (error) {
    await empty[Symbol.asyncDispose]();
    throw error;
  }
}

/** A fresh database without any table on `server`, dropped at the end, whoever is still connected. */
export function createEmptyDatabase(server: {
  readonly url: string;
}): Promise<AsyncDisposable & { readonly url: string }> {
  return createDatabase(server, "");
}

/** A database that begins as a copy of another one on `server`, which nobody may be connected to. */
export function createDatabaseCopy(
  server: { readonly url: string },
  original: { readonly url: string },
): Promise<AsyncDisposable & { readonly url: string }> {
  return createDatabase(server, ` template ${new URL(original.url).pathname.slice(1)}`);
}

async function createDatabase(
  server: { readonly url: string },
  template: string,
): Promise<AsyncDisposable & { readonly url: string }> {
  const name = `trenddojo_test_${randomBytes(8).toString("hex")}`;
  await administer(server.url, `create database ${name}${template}`);
  const url = new URL(server.url);
  url.pathname = `/${name}`;
  return { url: url.href, [Symbol.asyncDispose]: () => administer(server.url, `drop database ${name} with (force)`) };
}

async function administer(url: string, statement: string): Promise<void> {
  const client = connectTo(url);
  try {
    await client.unsafe(statement);
  } finally {
    await client.end();
  }
}

function connectTo(url: string): postgres.Sql {
  return postgres(url, { max: 1, connect_timeout: 2, onnotice: () => {} });
}
