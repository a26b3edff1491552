import type { AddressInfo } from "node:net";
import {
  BrokerConnectionMonitor,
  BrokerCredentialStore,
  BrokerManager,
  createBrokerRegistry,
  type AlpacaVenue,
  type BrokerRegistry,
  givenKeys,
  type KeyEncryptionKey,
  type KeyKeeper,
  type MarketFeed,
} from "@trenddojo/brokers";
import type { Clock, Random } from "@trenddojo/brokers/domain";
import { createDataKeyStore, createOrderIdStore, createPaperStore, ping, type DbHandle } from "@trenddojo/db";
import type { Logger } from "pino";
import { Registry } from "prom-client";
import type { AuditCheckpoints } from "./audit/AuditCheckpoints.ts";
import { AuditLog } from "./audit/AuditLog.ts";
import { ApiTokens } from "./auth/ApiTokens.ts";
import { BUCKETS, type Bucket, type BucketName } from "./auth/buckets.ts";
import { openGuesses } from "./auth/openGuesses.ts";
import { PreviewTokens } from "./auth/PreviewTokens.ts";
import { KeyedQueue } from "./lib/KeyedQueue.ts";
import { PasskeyChallenges } from "./auth/PasskeyChallenges.ts";
import { Passwords } from "./auth/Passwords.ts";
import { RateLimiter } from "./auth/RateLimiter.ts";
import { Sessions } from "./auth/sessions.ts";
import { SessionSockets } from "./auth/SessionSockets.ts";
import { Tickets } from "./auth/Tickets.ts";
import { WebhookDelivery } from "./alerts/WebhookDelivery.ts";
import { listenForControl } from "./cli/ControlServer.ts";
import { ConnectionHosts } from "./connections/ConnectionHosts.ts";
import { ExecutionTimes } from "./connections/ExecutionTimes.ts";
import { OpenAccounts } from "./connections/OpenAccounts.ts";
import type { Desk } from "./Desk.ts";
import { createHttp } from "./http/createHttp.ts";
import { OriginPolicy } from "./http/OriginPolicy.ts";
import { TrustedProxies } from "./http/TrustedProxies.ts";
import { KillSwitch } from "./kill/KillSwitch.ts";
import { LastHalts } from "./kill/LastHalts.ts";
import type { KillTiming } from "./kill/KillTiming.ts";
import { DeskMetrics } from "./metrics/DeskMetrics.ts";
import { OrderLatency } from "./metrics/OrderLatency.ts";
import { readTotals } from "./metrics/readTotals.ts";
import { CloseStack } from "./lib/CloseStack.ts";
import { IdMaker } from "./lib/IdMaker.ts";
import { LiveArming } from "./live/LiveArming.ts";
import { liveObstacle } from "./live/liveObstacle.ts";
import { InProcessConnectionLease } from "./orders/ConnectionLease.ts";
import { noFailPoint, type FailPoint } from "./orders/FailPoint.ts";
import { OrderJournal } from "./orders/OrderJournal.ts";
import { PortfolioFeed } from "./streams/PortfolioFeed.ts";
import { QuoteHub } from "./streams/QuoteHub.ts";
import { StreamCounters } from "./streams/StreamCounters.ts";
import { InProcessTickBus } from "./streams/TickBus.ts";
import { closeEndedSessions } from "./auth/closeEndedSessions.ts";
import { sweepSessions } from "./auth/sweepSessions.ts";
import { TaskSet } from "./lib/TaskSet.ts";
import { VaultKeys } from "./vault/VaultKeys.ts";
import { isoInstant } from "./wire/encode.ts";
import { SocketGate } from "./ws/SocketGate.ts";
import { SocketTraffic } from "./ws/SocketTraffic.ts";

/** Brokers that run in this process answer at once, so their silence is looked for often. */
const MONITOR_EVERY_MS = 5_000;

export interface ServerParts {
  /** Where to listen; port 0 takes any free one. */
  readonly host: string;
  readonly port: number;
  readonly publicOrigins: readonly string[] | undefined;
  /** Addresses and ranges whose X-Forwarded-For is believed. @default none */
  readonly trustedProxies?: readonly string[] | undefined;
  readonly allowLive: boolean;
  /** Lets a scraper read /metrics. @default only the owner may */
  readonly metricsToken?: string | undefined;
  /** A simulator in place of Alpaca's paper environment. @default Alpaca itself */
  readonly alpacaVenue?: AlpacaVenue | undefined;
  /** Dollars of a new paper account, a decimal string. */
  readonly paperStartingCash: string;
  readonly version: string;
  /** The built web app; undefined where it was not built. */
  readonly webRoot: string | undefined;
  /** The caller's to dispose, after the server. */
  readonly store: DbHandle;
  /** Started; the caller's to dispose, after the server. */
  readonly feed: MarketFeed;
  /** What the vault's data keys are wrapped by. */
  readonly keyEncryptionKey: KeyEncryptionKey | KeyKeeper;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
  /** Stands between the desk and its brokers: for tests that make them fail. @default the registry itself */
  readonly wrapRegistry?: (registry: BrokerRegistry) => BrokerRegistry;
  /** Other rate limits than the desk's own: for a sweep whose calls are meant to come all at once. */
  readonly buckets?: Partial<Record<BucketName, Bucket>>;
  /** Told where the desk stands on an order's way: for sweeps that kill it there. @default none */
  readonly failPoint?: FailPoint;
  /** Where the command line reaches this desk, a path. @default nowhere */
  readonly controlSocket?: string | undefined;
  /** @default KILL_TIMING */
  readonly killTiming?: KillTiming;
  /** Started; the caller's to dispose, after the server. @default nobody signs the audit log */
  readonly checkpoints?: AuditCheckpoints;
}

/** What a desk needs that nobody reaches over the network. */
export type DeskParts = Omit<ServerParts, "host" | "port" | "webRoot" | "controlSocket">;

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
  const proxies = new TrustedProxies(parts.trustedProxies);
  let isUp = false;
  const isReady = async (): Promise<boolean> => isUp && (await answers(parts.store));
  let admit = (): void => undefined;
  const started = new Promise<void>((resolve) => (admit = resolve));
  const http = await createHttp({ desk, origins, proxies, webRoot: parts.webRoot, isReady, started });
  const sockets = new SocketGate(desk, origins, proxies);
  const control = new CloseStack();
  const tasks = new TaskSet(desk.log);
  const stopping = new AbortController();
  tasks.add("sweep sessions", sweepSessions(desk, stopping.signal));
  tasks.add("close ended sessions", closeEndedSessions(desk, stopping.signal));
  tasks.add("close slow readers", sockets.closeSlowReaders(stopping.signal));
  tasks.add("go on with a rotation of keys", desk.vaultKeys.goOn(stopping.signal));
  const webhooks = new WebhookDelivery(desk);

  const stop = async (): Promise<void> => {
    isUp = false;
    stopping.abort();
    await control[Symbol.asyncDispose]();
    await sockets[Symbol.asyncDispose]();
    await http.close();
    await tasks.idle();
    await desk.kill[Symbol.asyncDispose]();
    await desk.connections[Symbol.asyncDispose]();
    await desk.live[Symbol.asyncDispose]();
    await webhooks[Symbol.asyncDispose]();
    await desk.quotes[Symbol.asyncDispose]();
    desk.metrics[Symbol.dispose]();
    desk.vault[Symbol.dispose]();
  };
  let stopped: Promise<void> | null = null;
  const close = (): Promise<void> => (stopped ??= stop());

  try {
    // The port first: where it is taken, another desk may be at work, and no broker must hear of this one.
    await http.listen({ host: parts.host, port: parts.port });
    // Before any broker is opened: whoever wants to stop the desk need not wait for them.
    if (parts.controlSocket !== undefined) control.use(await listenForControl(desk, parts.controlSocket));
    // A halt that lasts is carried out whatever a broker takes to come up.
    await Promise.all([desk.connections.start(), desk.kill.start()]);
  } catch (error) {
    await close();
    throw error;
  }
  desk.metrics.start();
  http.server.on("upgrade", sockets.onUpgrade);
  admit();
  isUp = true;
  return { url: urlOf(parts.host, http.server.address()), close, [Symbol.asyncDispose]: close };
}

/** Puts the parts together; nothing is started. */
export async function createDesk(parts: DeskParts): Promise<Desk> {
  const { store, clock, random, log, feed, failPoint = noFailPoint } = parts;
  const { db } = store;
  const ids = new IdMaker(clock, random);
  const bus = new InProcessTickBus();
  const audit = new AuditLog(clock);
  const metricRegistry = new Registry();
  const orderLatency = new OrderLatency(metricRegistry);
  const journal = new OrderJournal({ db, clock, audit, bus, latency: orderLatency });
  const openAccounts = new OpenAccounts(db, clock);
  const deps = { clock, random, logger: log };
  const info = {
    version: parts.version,
    startedAt: isoInstant(clock.now()),
    database: { kind: store.kind, survivesPowerLoss: store.survivesPowerLoss },
    liveTradingAllowed: parts.allowLive,
    node: process.version,
  };
  const allowLive = liveObstacle(info) === null;
  const ownRegistry = createBrokerRegistry({
    deps,
    ...(allowLive ? { liveAcknowledged: true } : {}),
    ...(parts.alpacaVenue === undefined ? {} : { alpacaVenue: parts.alpacaVenue }),
    interactiveBrokersOrderIds: (connectionId) => createOrderIdStore(db, () => openAccounts.accountId(connectionId)),
    paper: {
      feed,
      openStore: (connectionId) => createPaperStore(db, openAccounts.accountId(connectionId)),
      seed: (connectionId) => openAccounts.seed(connectionId),
      riskPolicy: (connectionId) => openAccounts.policy(connectionId),
    },
  });
  const registry = parts.wrapRegistry?.(ownRegistry) ?? ownRegistry;
  const live = new LiveArming({ clock, db, audit, bus, log });
  const manager = new BrokerManager({
    registry,
    monitor: new BrokerConnectionMonitor(deps),
    allowLive,
    monitorIntervalMs: MONITOR_EVERY_MS,
  });
  const { keyEncryptionKey } = parts;
  const keys = "ring" in keyEncryptionKey ? keyEncryptionKey : givenKeys(keyEncryptionKey);
  const vault = new BrokerCredentialStore({
    keyEncryptionKey: keys.ring,
    dataKeys: createDataKeyStore(db, clock),
    clock,
  });
  const leases = new InProcessConnectionLease(clock);
  const rateLimiter = new RateLimiter(clock, { ...BUCKETS, ...parts.buckets });
  const lastHalts = new LastHalts(clock);
  const connections = new ConnectionHosts({
    registry,
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
    live,
    lastHalts,
    failPoint,
  });
  const counters = new StreamCounters();
  const traffic = new SocketTraffic();
  const sockets = new SessionSockets((sessionId) => live.disarmSession(sessionId));
  const quotes = new QuoteHub(clock, log, counters);
  const { onTradingStateSet } = store;
  const killing = {
    db,
    onTradingStateSet,
    clock,
    ids,
    audit,
    log,
    journal,
    bus,
    connections,
    openAccounts,
    lastHalts,
  };
  return {
    clock,
    ids,
    log,
    db,
    audit,
    checkpoints: parts.checkpoints ?? null,
    bus,
    journal,
    failPoint,
    openAccounts,
    lastHalts,
    kill: new KillSwitch(parts.killTiming === undefined ? killing : { ...killing, timing: parts.killTiming }),
    live,
    registry,
    vault,
    vaultKeys: new VaultKeys({ vault, keys, db, clock, audit }),
    feed,
    passwords: await Passwords.create(),
    apiTokens: new ApiTokens({ db, clock }),
    sessions: new Sessions({ db, clock, secure: new OriginPolicy(parts.publicOrigins).isSecure }),
    sockets,
    tickets: new Tickets(clock),
    passkeyChallenges: new PasskeyChallenges(clock),
    rateLimiter,
    guesses: await openGuesses(db, rateLimiter),
    previews: new PreviewTokens(clock),
    placings: new KeyedQueue(),
    connections,
    quotes,
    counters,
    traffic,
    orderLatency,
    metrics: new DeskMetrics({
      clock,
      registry: metricRegistry,
      connections,
      read: () => readTotals({ counters, traffic, sockets, quotes }),
    }),
    metricsToken: parts.metricsToken ?? null,
    portfolios: new PortfolioFeed(clock, bus),
    executionTimes: new ExecutionTimes(db, clock),
    paperStartingCash: parts.paperStartingCash,
    info,
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
