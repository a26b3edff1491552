import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { SystemClock, SystemRandom } from "@trenddojo/brokers";
import { createDb } from "@trenddojo/db";
import type { Logger } from "pino";
import { z } from "zod";
import { createServer, type Server } from "./createServer.ts";
import { EnvError, type Env } from "./env.ts";
import { CloseStack } from "./lib/CloseStack.ts";
import { makeFolder } from "./lib/makeFolder.ts";
import { openFeed } from "./openFeed.ts";
import { openKey } from "./openKey.ts";

const WEB_ROOT = fileURLToPath(new URL("../../web/dist", import.meta.url));
const MANIFEST = new URL("../package.json", import.meta.url);
const manifest = z.object({ version: z.string() });

/**
 * The desk as the environment wants it: database, prices and key opened, and the server on top. Closing it closes all,
 * in reverse order. @throws what cannot be opened; nothing stays open then.
 */
export async function openDesk(env: Env, log: Logger): Promise<Server> {
  const stack = new CloseStack();
  try {
    const clock = new SystemClock();
    await makeDataFolder(env.DATA_DIR);
    const store = stack.use(await createDb({ databaseUrl: env.DATABASE_URL, dataDir: env.DATA_DIR }));
    const keyEncryptionKey = await openKey(env, store.db, clock);
    const feed = stack.use(await openFeed(env, clock, log));
    const server = await createServer({
      host: env.HOST,
      port: env.PORT,
      publicOrigins: env.PUBLIC_ORIGIN,
      allowLive: env.ALLOW_LIVE_TRADING,
      paperStartingCash: env.PAPER_STARTING_CASH,
      version: manifest.parse(JSON.parse(await readFile(MANIFEST, "utf8"))).version,
      webRoot: existsSync(join(WEB_ROOT, "index.html")) ? WEB_ROOT : undefined,
      store,
      feed,
      keyEncryptionKey,
      clock,
      random: new SystemRandom(),
      log,
    });
    stack.use(server);
    const close = (): Promise<void> => stack[Symbol.asyncDispose]();
    return { url: server.url, close, [Symbol.asyncDispose]: close };
  } catch (error) {
    await stack[Symbol.asyncDispose]();
    throw error;
  }
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
