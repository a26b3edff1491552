import { createServerTestDb, findTestServer, type TestServer } from "./createServerTestDb.ts";
import { createTestDb, type TestDb } from "./createTestDb.ts";

let server: Promise<TestServer> | undefined;

/**
 * A fresh, migrated database for tests that are about something else: on a Postgres server where one answers, which has
 * it seven times sooner, else embedded; `TEST_STORE=embedded` always takes that. Either has one connection, so that
 * whoever asks outside of a transaction that it is in waits for ever on both.
 */
export async function createTestStore(): Promise<TestDb> {
  // oxlint-disable-next-line no-restricted-properties -- a test run has no env.ts
  if (process.env["TEST_STORE"] === "embedded") return createTestDb();
  const found = await (server ??= findTestServer());
  return "skipped" in found ? createTestDb() : createServerTestDb(found, { maxConnections: 1 });
}
