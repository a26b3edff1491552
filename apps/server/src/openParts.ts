import { readFile } from "node:fs/promises";
import { SystemClock, SystemRandom } from "@trenddojo/brokers";
import { createDb, type DbHandle } from "@trenddojo/db";
import type { Logger } from "pino";
import { z } from "zod";
import type { DeskParts } from "./createServer.ts";
import { EnvError, type Env } from "./env.ts";
import type { CloseStack } from "./lib/CloseStack.ts";
import { makeFolder } from "./lib/makeFolder.ts";
import { openFeed } from "./openFeed.ts";
import { openKey } from "./openKey.ts";

const MANIFEST = new URL("../package.json", import.meta.url);
const manifest = z.object({ version: z.string() });

/**
 * The database that the environment names, closed by `stack`.
 * @param sessionName what its sessions are called on a server. @throws EnvError, DbError
 */
export async function openStore(env: Env, stack: CloseStack, sessionName?: string): Promise<DbHandle> {
  await makeDataFolder(env.DATA_DIR);
  const clock = new SystemClock();
  return stack.use(await createDb({ databaseUrl: env.DATABASE_URL, dataDir: env.DATA_DIR, sessionName, clock }));
}

/** Key and prices as the environment wants them, closed by `stack`, and the rest. @throws what cannot be opened */
export async function openParts(env: Env, log: Logger, stack: CloseStack, store: DbHandle): Promise<DeskParts> {
  const clock = new SystemClock();
  const keyEncryptionKey = await openKey(env, store.db, clock);
  const feed = stack.use(await openFeed(env, clock, log));
  return {
    publicOrigins: env.PUBLIC_ORIGIN,
    trustedProxies: env.TRUSTED_PROXIES,
    allowLive: env.ALLOW_LIVE_TRADING,
    alpacaVenue: env.ALPACA_SIMULATOR_URL,
    metricsToken: env.METRICS_TOKEN,
    paperStartingCash: env.PAPER_STARTING_CASH,
    version: manifest.parse(JSON.parse(await readFile(MANIFEST, "utf8"))).version,
    store,
    feed,
    keyEncryptionKey,
    clock,
    random: new SystemRandom(),
    log,
  };
}

/** @throws EnvError */
async function makeDataFolder(path: string): Promise<void> {
  try {
    await makeFolder(path);
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? ` (${String(cause.code)})` : "";
    throw new EnvError(`DATA_DIR ${path} cannot be made${code}: set it to a folder that this user may write to`, {
      cause,
    });
  }
}
