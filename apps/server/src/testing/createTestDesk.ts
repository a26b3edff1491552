import { randomBytes } from "node:crypto";
import { SyntheticFeed, SystemClock, SystemRandom, type BrokerRegistry, type MarketFeed } from "@trenddojo/brokers";
import type { Clock } from "@trenddojo/brokers/domain";
import type { DbHandle } from "@trenddojo/db";
import { createTestDb } from "@trenddojo/db/testing";
import { createLogger } from "../createLogger.ts";
import { createServer, type Server } from "../createServer.ts";
import { CloseStack } from "../lib/CloseStack.ts";

export interface TestDeskOptions {
  /** @default a fresh embedded one, deleted at the end */
  readonly store?: DbHandle;
  readonly clock?: Clock;
  readonly feed?: MarketFeed;
  /** @default any free one */
  readonly port?: number;
  readonly publicOrigins?: readonly string[];
  readonly webRoot?: string;
  readonly keyEncryptionKey?: Buffer;
  readonly wrapRegistry?: (registry: BrokerRegistry) => BrokerRegistry;
}

export interface TestDesk extends AsyncDisposable {
  readonly url: string;
  readonly server: Server;
  readonly store: DbHandle;
}

/** A real server on a free port, on a real database, fed by seeded prices on the real clock. */
export async function createTestDesk(options: TestDeskOptions = {}): Promise<TestDesk> {
  const stack = new CloseStack();
  const clock = options.clock ?? new SystemClock();
  const store = options.store ?? stack.use(await createTestDb());
  const feed = options.feed ?? stack.use(new SyntheticFeed({ clock, seed: 7 }));
  await feed.start();
  const server = stack.use(
    await createServer({
      host: "127.0.0.1",
      port: options.port ?? 0,
      publicOrigins: options.publicOrigins,
      allowLive: false,
      paperStartingCash: "100000",
      version: "0.0.0-test",
      webRoot: options.webRoot,
      store,
      feed,
      keyEncryptionKey: { version: 1, key: options.keyEncryptionKey ?? randomBytes(32) },
      clock,
      random: new SystemRandom(),
      log: createLogger("error"),
      ...(options.wrapRegistry === undefined ? {} : { wrapRegistry: options.wrapRegistry }),
    }),
  );
  return { url: server.url, server, store, [Symbol.asyncDispose]: () => stack[Symbol.asyncDispose]() };
}
