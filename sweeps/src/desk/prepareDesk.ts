import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { OWNER } from "@trenddojo/server/testing";
import { createDatabaseCopy, createEmptyDatabase, findTestServer } from "@trenddojo/db/testing";
import type { Oracle } from "../oracle/Oracle.ts";
import { CLIENT_ID, ORACLE_KEYS } from "../oracle/keys.ts";
import type { BrokerKind } from "./BrokerKind.ts";
import { startDesk } from "./DeskProcess.ts";

/** A desk that somebody has set up and connected, to begin each run from. */
export interface PreparedDesk extends AsyncDisposable {
  /** The account at the broker, and the built-in one. */
  readonly accountId: string;
  readonly paperAccountId: string;
  readonly connectionId: string;
  copy(): Promise<DeskCopy>;
}

/** The prepared desk once more, for one run. Disposing of it deletes it. */
export interface DeskCopy extends AsyncDisposable {
  /** For what else the run has to keep. */
  readonly folder: string;
  readonly dataDir: string;
  readonly databaseUrl: string | null;
}

export type StoreKind = "embedded" | "postgres";

/** Sets a desk up once, over its API, and closes it. @throws Error where there is no Postgres server to use */
export async function prepareDesk(
  oracle: Oracle,
  store: StoreKind,
  broker: BrokerKind = "alpaca",
): Promise<PreparedDesk> {
  const server = store === "postgres" ? await testServer() : null;
  const database = server === null ? null : await createEmptyDatabase(server);
  const folder = await mkdtemp(path.join(tmpdir(), "sweep-desk-"));
  const journalFile = path.join(folder, "journal");
  await using simulator = await oracle.open({ broker, seed: 1, journalFile, latencyMs: 0 });
  const dataDir = path.join(folder, "data");
  const options = {
    dataDir,
    databaseUrl: database?.url ?? null,
    broker,
    venue: simulator.url,
    fail: null,
    haste: 1,
    aheadMs: oracle.aheadMs,
    logLevel: "error",
  };
  await using desk = await startDesk(options, "");
  const { api } = desk.client;
  await api.auth.setUp.mutate(OWNER);
  const [paper] = await api.accounts.list.query();
  const added = await api.brokers.add.mutate({
    broker,
    mode: "paper",
    label: "The oracle",
    credentials:
      broker === "alpaca"
        ? { keyId: ORACLE_KEYS.key, secretKey: ORACLE_KEYS.secret }
        : { port: new URL(simulator.url).port, clientId: CLIENT_ID },
  });
  const accounts = await api.accounts.list.query();
  const account = accounts.find(({ connectionId }) => connectionId === added.id);
  if (paper === undefined || account === undefined) throw new Error("the desk that was set up has no accounts");
  await desk.stop();
  return {
    accountId: account.id,
    paperAccountId: paper.id,
    connectionId: added.id,
    copy: async () => {
      const own = await mkdtemp(path.join(tmpdir(), "sweep-run-"));
      await cp(dataDir, path.join(own, "data"), { recursive: true });
      const copied = server === null || database === null ? null : await createDatabaseCopy(server, database);
      return {
        folder: own,
        dataDir: path.join(own, "data"),
        databaseUrl: copied?.url ?? null,
        [Symbol.asyncDispose]: async () => {
          await copied?.[Symbol.asyncDispose]();
          await rm(own, { recursive: true, force: true });
        },
      };
    },
    [Symbol.asyncDispose]: async () => {
      await database?.[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function testServer(): Promise<{ readonly url: string }> {
  const server = await findTestServer();
  if ("url" in server) return server;
  throw new Error(server.skipped);
}
