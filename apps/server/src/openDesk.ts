import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { SystemClock } from "@trenddojo/brokers";
import { deskSessionName, lockDesk, type DbError } from "@trenddojo/db";
import type { Logger } from "pino";
import { openCheckpoints } from "./audit/openCheckpoints.ts";
import { controlSocketOf } from "./cli/controlSocket.ts";
import { createServer, type Server } from "./createServer.ts";
import type { Env } from "./env.ts";
import { CloseStack } from "./lib/CloseStack.ts";
import { openParts, openStore } from "./openParts.ts";

const WEB_ROOT = fileURLToPath(new URL("../../web/dist", import.meta.url));

/**
 * The desk as the environment wants it: database, prices and key opened, and the server on top. Closing it closes all,
 * in reverse order.
 * @param onLost told when its database has ended by itself, and the desk can store nothing more, or when another desk
 * works on it by now: only a new process helps
 * @throws what cannot be opened; nothing stays open then.
 */
export async function openDesk(env: Env, log: Logger, onLost: (error: DbError) => void = () => {}): Promise<Server> {
  const stack = new CloseStack();
  try {
    // Before anything is migrated.
    if (env.DATABASE_URL !== undefined) {
      const lock = stack.use(await lockDesk(env.DATABASE_URL, new SystemClock()));
      void lock.lost.then(onLost);
    }
    const store = await openStore(env, stack, deskSessionName());
    void store.lost?.then(onLost);
    const parts = await openParts(env, log, stack, store);
    const checkpoints = stack.use(await openCheckpoints(env, store.db, parts.clock, log));
    await checkpoints.start();
    const server = await createServer({
      ...parts,
      checkpoints,
      host: env.HOST,
      port: env.PORT,
      webRoot: existsSync(join(WEB_ROOT, "index.html")) ? WEB_ROOT : undefined,
      controlSocket: controlSocketOf(env.DATA_DIR),
    });
    stack.use(server);
    const close = (): Promise<void> => stack[Symbol.asyncDispose]();
    return { url: server.url, close, [Symbol.asyncDispose]: close };
  } catch (error) {
    await stack[Symbol.asyncDispose]();
    throw error;
  }
}
