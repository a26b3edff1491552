import type { DbHandle } from "@trenddojo/db";
import { createServerTestDb, createTestDb, findTestServer } from "@trenddojo/db/testing";

/** A new store: "server" on the machine's Postgres, else embedded. Without a Postgres the measurement says so and ends. */
export async function openBenchStore(kind: string): Promise<DbHandle> {
  if (kind !== "server") return createTestDb();
  const server = await findTestServer();
  if ("skipped" in server) {
    process.stderr.write(`left out: ${server.skipped}\n`);
    process.exit(0);
  }
  return createServerTestDb(server);
}
