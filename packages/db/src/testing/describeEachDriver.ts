import { afterAll, beforeAll, describe, test } from "vitest";
import type { Db } from "../Db.ts";
import { createServerTestDb, findTestServer } from "./createServerTestDb.ts";
import { createTestDb, type TestDb } from "./createTestDb.ts";

/**
 * Runs the same tests on the embedded database and, where one answers, on a Postgres server. `body` gets a function
 * that answers the database of the moment; tests share it, so each makes users of its own.
 */
export async function describeEachDriver(title: string, body: (db: () => Db) => void): Promise<void> {
  const server = await findTestServer();
  describeOn(`${title}, embedded`, createTestDb, body);
  if ("url" in server) describeOn(`${title}, server`, () => createServerTestDb(server), body);
  else test.skip(`${title}, server: skipped, ${server.skipped}`, () => {});
}

function describeOn(title: string, create: () => Promise<TestDb>, body: (db: () => Db) => void): void {
  describe(title, () => {
    let store: TestDb | undefined;
    beforeAll(async () => {
      store = await create();
    });
    afterAll(() => store?.close());
    body(() => {
      if (store === undefined) throw new Error("the database is open only while tests run");
      return store.db;
    });
  });
}
