import { randomBytes } from "node:crypto";
import {
  SyntheticFeed,
  SystemClock,
  SystemRandom,
  type AlpacaVenue,
  type BrokerRegistry,
  type MarketFeed,
} from "@trenddojo/brokers";
import type { Clock } from "@trenddojo/brokers/domain";
import type { DbHandle } from "@trenddojo/db";
import { createTestStore } from "@trenddojo/db/testing";
import type { Logger } from "pino";
import { createLogger } from "../createLogger.ts";
import { createServer, type Server, type ServerParts } from "../createServer.ts";
import type { KillTiming } from "../kill/KillTiming.ts";
import { CloseStack } from "../lib/CloseStack.ts";

export interface TestDeskOptions {
  /** @default a fresh embedded one, deleted at the end */
  readonly store?: DbHandle;
  readonly clock?: Clock;
  readonly feed?: MarketFeed;
  /** @default any free one */
  readonly port?: number;
  readonly publicOrigins?: readonly string[];
  readonly trustedProxies?: readonly string[];
  readonly webRoot?: string;
  /** A simulator in place of Alpaca's paper environment. */
  readonly alpacaVenue?: AlpacaVenue;
  readonly keyEncryptionKey?: Buffer;
  readonly wrapRegistry?: (registry: BrokerRegistry) => BrokerRegistry;
  /** Rate limits in place of those on guesses, which are the desk's own, and of those on the rest, which no test reaches. */
  readonly buckets?: ServerParts["buckets"];
  readonly failPoint?: ServerParts["failPoint"];
  /** Real money may be traded, of whatever `wrapRegistry` connects. @default false */
  readonly allowLive?: boolean;
  readonly killTiming?: KillTiming;
  readonly controlSocket?: string;
  /** @default errors, on stderr */
  readonly log?: Logger;
  readonly metricsToken?: string;
}

const UNLIMITED = { perSecond: 1e6, burst: 1e6 };
/** What a test on a fast machine would run into. */
const BUCKETS = {
  read: UNLIMITED,
  write: UNLIMITED,
  order: UNLIMITED,
  cancel: UNLIMITED,
  halt: UNLIMITED,
  connect: UNLIMITED,
  probe: UNLIMITED,
  subscribe: UNLIMITED,
  status: UNLIMITED,
  verify: UNLIMITED,
  upgrade: UNLIMITED,
} as const;

export interface TestDesk extends AsyncDisposable {
  readonly url: string;
  readonly server: Server;
  readonly store: DbHandle;
}

/** A real server on a free port, on a real database, fed by seeded prices on the real clock. */
export async function createTestDesk(options: TestDeskOptions = {}): Promise<TestDesk> {
  const stack = new CloseStack();
  const clock = options.clock ?? new SystemClock();
  const store = options.store ?? stack.use(await createTestStore());
  const feed = options.feed ?? stack.use(new SyntheticFeed({ clock, seed: 7 }));
  await feed.start();
  const server = stack.use(
    await createServer({
      host: "127.0.0.1",
      port: options.port ?? 0,
      publicOrigins: options.publicOrigins,
      trustedProxies: options.trustedProxies,
      allowLive: options.allowLive ?? false,
      paperStartingCash: "100000",
      version: "0.0.0-test",
      webRoot: options.webRoot,
      controlSocket: options.controlSocket,
      alpacaVenue: options.alpacaVenue,
      metricsToken: options.metricsToken,
      store,
      feed,
      keyEncryptionKey: { version: 1, key: options.keyEncryptionKey ?? randomBytes(32) },
      clock,
      random: new SystemRandom(),
      log: options.log ?? createLogger("error"),
      ...(options.wrapRegistry === undefined ? {} : { wrapRegistry: options.wrapRegistry }),
      buckets: { ...BUCKETS, ...options.buckets },
      ...(options.failPoint === undefined ? {} : { failPoint: options.failPoint }),
      ...(options.killTiming === undefined ? {} : { killTiming: options.killTiming }),
    }),
  );
  return { url: server.url, server, store, [Symbol.asyncDispose]: () => stack[Symbol.asyncDispose]() };
}
