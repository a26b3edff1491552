import { afterAll, beforeAll, beforeEach, describe } from "vitest";
import type { Db } from "../Db.ts";
import { createServerTestDb, findTestServer } from "./createServerTestDb.ts";
import { createTestDb, type TestDb } from "./createTestDb.ts";

interface Driver {
  readonly name: string;
  /** Null where its tests are skipped; the name says why. */
  readonly create: (() => Promise<TestDb>) | null;
}

/**
 * Runs the same tests on the embedded database and, where one answers, on a Postgres server. `body` gets a function
 * that answers the database of the moment; tests share it, so each makes users of its own.
 */
export async function describeEachDriver(title: string, body: (db: () => Db) => void): Promise<void> {
  const drivers: readonly Driver[] = [{ name: "the embedded database", create: createTestDb }, await serverDriver()];
  describe.each(drivers)(`${title}, on $name`, ({ name, create }) => {
    let store: TestDb | undefined;
    beforeAll(async () => {
      store = await create?.();
    });
    beforeEach(({ skip }) => skip(create === null, name));
    afterAll(() => store?.close());
    body(() => {
      if (store === undefined) throw new Error("the database is open only while tests run");
      return store.db;
    });
  });
}

async function serverDriver(): Promise<Driver> {
  const server = await findTestServer();
  if ("skipped" in server) return { name: `a server: skipped, ${server.skipped}`, create: null };
  return { name: "a server", create: () => createServerTestDb(server) };
}
