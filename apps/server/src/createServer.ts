import type { AddressInfo } from "node:net";
import {
  BrokerConnectionMonitor,
  BrokerCredentialStore,
  BrokerManager,
  createBrokerRegistry,
  type BrokerRegistry,
  type KeyEncryptionKey,
  type MarketFeed,
} from "@trenddojo/brokers";
import type { Clock, Random } from "@trenddojo/brokers/domain";
import { createDataKeyStore, createPaperStore, ping, type DbHandle } from "@trenddojo/db";
import type { Logger } from "pino";
import { AuditLog } from "./audit/AuditLog.ts";
import { GuessLimiter } from "./auth/GuessLimiter.ts";
import { Passwords } from "./auth/Passwords.ts";
import { RateLimiter } from "./auth/RateLimiter.ts";
import { Sessions } from "./auth/sessions.ts";
import { SessionSockets } from "./auth/SessionSockets.ts";
import { Tickets } from "./auth/Tickets.ts";
import { ConnectionHosts } from "./connections/ConnectionHosts.ts";
import { OpenAccounts } from "./connections/OpenAccounts.ts";
import type { Desk } from "./Desk.ts";
import { createHttp } from "./http/createHttp.ts";
import { OriginPolicy } from "./http/OriginPolicy.ts";
import { IdMaker } from "./lib/IdMaker.ts";
import { InProcessConnectionLease } from "./orders/ConnectionLease.ts";
import { OrderJournal } from "./orders/OrderJournal.ts";
import { PortfolioFeed } from "./streams/PortfolioFeed.ts";
import { QuoteHub } from "./streams/QuoteHub.ts";
import { InProcessTickBus } from "./streams/TickBus.ts";
import { sweepSessions } from "./auth/sweepSessions.ts";
import { TaskSet } from "./lib/TaskSet.ts";
import { isoInstant } from "./wire/encode.ts";
import { SocketGate } from "./ws/SocketGate.ts";

/** Brokers that run in this process answer at once, so their silence is looked for often. */
const MONITOR_EVERY_MS = 5_000;

export interface ServerParts {
  /** Where to listen; port 0 takes any free one. */
  readonly host: string;
  readonly port: number;
  readonly publicOrigins: readonly string[] | undefined;
  readonly allowLive: boolean;
  /** Dollars of a new paper account, a decimal string. */
  readonly paperStartingCash: string;
  readonly version: string;
  /** The built web app; undefined where it was not built. */
  readonly webRoot: string | undefined;
  /** The caller's to dispose, after the server. */
  readonly store: DbHandle;
  /** Started; the caller's to dispose, after the server. */
  readonly feed: MarketFeed;
  readonly keyEncryptionKey: KeyEncryptionKey;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
  /** Stands between the desk and its brokers: for tests that make them fail. @default the registry itself */
  readonly wrapRegistry?: (registry: BrokerRegistry) => BrokerRegistry;
}

export interface Server extends AsyncDisposable {
  /** "http://127.0.0.1:3000" */
  readonly url: string;
  /** Refuses new calls, closes the sockets, waits for the orders under way and disconnects every broker. Idempotent. */
  close(): Promise<void>;
}

/**
 * Puts the desk together and listens: the one place where its parts meet. Resolves when the built-in connections are
 * open; calls that come before wait until then. @throws the error of `listen` (a busy port); nothing stays open then.
 */
export async function createServer(parts: ServerParts): Promise<Server> {
  const desk = await createDesk(parts);
  const origins = new OriginPolicy(parts.publicOrigins);
  let isUp = false;
  const isReady = async (): Promise<boolean> => isUp && (await answers(parts.store));
  let admit = (): void => undefined;
  const started = new Promise<void>((resolve) => (admit = resolve));
  const http = await createHttp({ desk, origins, webRoot: parts.webRoot, isReady, started });
  const sockets = new SocketGate(desk, origins);
  const tasks = new TaskSet(desk.log);
  const stopping = new AbortController();
  tasks.add("sweep sessions", sweepSessions(desk, stopping.signal));

  const stop = async (): Promise<void> => {
    isUp = false;
    stopping.abort();
    await sockets[Symbol.asyncDispose]();
    await http.close();
    await tasks.idle();
    await desk.connections[Symbol.asyncDispose]();
    await desk.quotes[Symbol.asyncDispose]();
  };
  let stopped: Promise<void> | null = null;
  const close = (): Promise<void> => (stopped ??= stop());

  try {
    // The port first: where it is taken, another desk may be at work, and no broker must hear of this one.
    await http.listen({ host: parts.host, port: parts.port });
    await desk.connections.start();
  } catch (error) {
    await close();
    throw error;
  }
  http.server.on("upgrade", sockets.onUpgrade);
  admit();
  isUp = true;
  return { url: urlOf(parts.host, http.server.address()), close, [Symbol.asyncDispose]: close };
}

async function createDesk(parts: ServerParts): Promise<Desk> {
  const { store, clock, random, log, feed } = parts;
  const { db } = store;
  const ids = new IdMaker(clock, random);
  const bus = new InProcessTickBus();
  const audit = new AuditLog(clock);
  const journal = new OrderJournal({ db, clock, audit, bus });
  const openAccounts = new OpenAccounts(db);
  const deps = { clock, random, logger: log };
  const ownRegistry = createBrokerRegistry({
    deps,
    paper: {
      feed,
      openStore: (connectionId) => createPaperStore(db, openAccounts.accountId(connectionId)),
      seed: (connectionId) => openAccounts.seed(connectionId),
      riskPolicy: (connectionId) => openAccounts.policy(connectionId),
    },
  });
  const registry = parts.wrapRegistry?.(ownRegistry) ?? ownRegistry;
  const manager = new BrokerManager({
    registry,
    monitor: new BrokerConnectionMonitor(deps),
    allowLive: parts.allowLive,
    monitorIntervalMs: MONITOR_EVERY_MS,
  });
  const vault = new BrokerCredentialStore({
    keyEncryptionKey: parts.keyEncryptionKey,
    dataKeys: createDataKeyStore(db, clock),
  });
  const leases = new InProcessConnectionLease(clock);
  const rateLimiter = new RateLimiter(clock);
  return {
    clock,
    ids,
    log,
    db,
    audit,
    bus,
    journal,
    openAccounts,
    registry,
    vault,
    feed,
    passwords: await Passwords.create(),
    sessions: new Sessions({ db, clock, secure: new OriginPolicy(parts.publicOrigins).isSecure }),
    sockets: new SessionSockets(),
    tickets: new Tickets(clock),
    rateLimiter,
    guesses: new GuessLimiter(rateLimiter),
    connections: new ConnectionHosts({
      manager,
      leases,
      vault,
      openAccounts,
      db,
      clock,
      ids,
      log,
      audit,
      journal,
      bus,
    }),
    quotes: new QuoteHub(clock, log),
    portfolios: new PortfolioFeed(clock),
    paperStartingCash: parts.paperStartingCash,
    info: {
      version: parts.version,
      startedAt: isoInstant(clock.now()),
      database: { kind: store.kind, survivesPowerLoss: store.survivesPowerLoss },
      liveTradingAllowed: parts.allowLive,
      node: process.version,
    },
  };
}

async function answers({ db }: DbHandle): Promise<boolean> {
  try {
    await ping(db);
    return true;
  } catch {
    return false;
  }
}

/** An address that a person can open; "every interface" is none. */
function urlOf(host: string, address: AddressInfo | string | null): string {
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const name = host === "0.0.0.0" || host === "::" ? "localhost" : host.includes(":") ? `[${host}]` : host;
  return `http://${name}:${port}`;
}
