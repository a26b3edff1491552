import { randomBytes } from "node:crypto";
import postgres from "postgres";
import { openServer } from "../server/openServer.ts";
import type { TestDb } from "./createTestDb.ts";

/** A server to test on, or why there is none. */
export type TestServer = { readonly url: string } | { readonly skipped: string };

const LOCAL_SERVER = "postgres://postgres@127.0.0.1:5432/postgres";

/** The server at `TEST_DATABASE_URL` or one that lets `postgres` in on 127.0.0.1:5432. A configured one must answer. */
export async function findTestServer(): Promise<TestServer> {
  const configured = process.env["TEST_DATABASE_URL"];
  const url = configured ?? LOCAL_SERVER;
  const client = connectTo(url);
  try {
    await client`select 1`;
    return { url };
  } catch (error) {
    if (configured !== undefined) throw new Error("TEST_DATABASE_URL is set, but no database answers there", { cause: error });
    return { skipped: "no TEST_DATABASE_URL, and no Postgres lets user postgres in on 127.0.0.1:5432" };
  } finally {
    await client.end();
  }
}

/** A fresh, migrated database on `server`; closing it drops it. */
export async function createServerTestDb(server: { readonly url: string }): Promise<TestDb> {
  const { url, drop } = await createEmptyDatabase(server);
  const handle = await openServer(url);
  const close = async (): Promise<void> => {
    await handle.close();
    await drop();
  };
  return { ...handle, dataDir: null, close, [Symbol.asyncDispose]: close };
}

/** A fresh database without any table on `server`. */
export async function createEmptyDatabase(
  server: { readonly url: string },
): Promise<{ readonly url: string; readonly drop: () => Promise<void> }> {
  const name = `trenddojo_test_${randomBytes(8).toString("hex")}`;
  await administer(server.url, `create database ${name}`);
  const url = new URL(server.url);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => administer(server.url, `drop database ${name} with (force)`) };
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
