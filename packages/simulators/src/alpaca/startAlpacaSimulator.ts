import { createServer, type Server } from "node:http";
import { once } from "node:events";
import { SeededRandom, type MarketFeed } from "@trenddojo/brokers";
import type { Clock } from "@trenddojo/brokers/domain";
import type { AccountStore } from "../AccountStore.ts";
import { SimulatedAccount, type SimulatedAccountOptions } from "./account/SimulatedAccount.ts";
import { DEFAULT_QUIRKS, type VendorQuirks } from "./account/VendorQuirks.ts";
import { FaultScript, type StreamName } from "./faults/FaultScript.ts";
import { SimulatedMarket } from "./market/SimulatedMarket.ts";
import { accountRoutes } from "./rest/accountRoutes.ts";
import { ApiServer } from "./rest/ApiServer.ts";
import type { DataPlan } from "./rest/dataQuery.ts";
import { dataRoutes } from "./rest/dataRoutes.ts";
import { marketTimeRoutes } from "./rest/marketTimeRoutes.ts";
import { orderRoutes } from "./rest/orderRoutes.ts";
import { positionRoutes } from "./rest/positionRoutes.ts";
import { venueRoutes } from "./rest/venueRoutes.ts";
import { SimulatorJournal, type JournalSink } from "./SimulatorJournal.ts";
import { StreamServer } from "./stream/StreamServer.ts";

const HOST = "127.0.0.1";

export interface AlpacaSimulatorOptions {
  /** Wall time, for budgets, timers and delays. The market's time is the feed's. */
  readonly clock: Clock;
  /** Its prices and its time; the simulator starts it, and ends it when it is disposed. */
  readonly feed: MarketFeed;
  readonly accounts: readonly SimulatedAccountOptions[];
  /** On 127.0.0.1; 0 takes a free one. @default 0 */
  readonly port?: number;
  /** Ids, nanoseconds, partial fills. A safe integer, zero or above. @default 1 */
  readonly seed?: number;
  /** @default "basic" */
  readonly plan?: DataPlan;
  /** Of each key with each service. @default 200 */
  readonly requestsPerMinute?: number;
  /** How long a data connection still counts after it is gone, milliseconds. @default 0 */
  readonly connectionReapMs?: number;
  /** Symbols that trade in whole shares only. @default none */
  readonly notFractionable?: readonly string[];
  /** Symbols that do not trade overnight. @default none */
  readonly notOvernight?: readonly string[];
  /** How often time is looked at: expiries, ends of minutes, equity; milliseconds. @default 1_000 */
  readonly tendEveryMs?: number;
  readonly quirks?: VendorQuirks;
  /** Keeps the accounts over restarts. @default they end with the simulator */
  readonly store?: AccountStore;
  /** Gets every entry of the journal as it is written. @default none: the newest are kept in memory alone */
  readonly journal?: JournalSink;
}

/** Where a client finds the simulator. */
export interface AlpacaEndpoints {
  readonly trading: string;
  readonly data: string;
  readonly tradingStream: string;
  readonly dataStream: string;
}

/** A running simulator, and the strings that a test pulls. */
export interface AlpacaSimulator extends AsyncDisposable {
  readonly endpoints: AlpacaEndpoints;
  readonly port: number;
  readonly market: SimulatedMarket;
  readonly faults: FaultScript;
  readonly journal: SimulatorJournal;
  /** @throws RangeError for a key that no account has. */
  account(key: string): SimulatedAccount;
  /** @throws RangeError for a key that an account has already. */
  addAccount(options: SimulatedAccountOptions): SimulatedAccount;
  /** Resolves when what was said on every socket so far has come, both ways. */
  settleStreams(): Promise<void>;
  /** Cuts every socket of a stream (1006), or closes it with a code. */
  closeStreams(stream?: StreamName | "all", code?: number): void;
  /** Nobody answers any more; the accounts and the market go on. Idempotent. */
  goOffline(): Promise<void>;
  /** Answers again, on the same port. Idempotent. */
  goOnline(): Promise<void>;
}

/** Starts an Alpaca on this machine: REST and both streams on one port. Resolves when it answers. */
export async function startAlpacaSimulator(options: AlpacaSimulatorOptions): Promise<AlpacaSimulator> {
  const { clock, feed, seed = 1, plan = "basic", notFractionable = [], notOvernight = [], store = null } = options;
  const quirks = { ...DEFAULT_QUIRKS, ...options.quirks };
  const random = new SeededRandom(seed);
  const market = new SimulatedMarket({ feed, random: new SeededRandom(seed + 1), notFractionable, notOvernight });
  await market.start();
  const accounts = new Map<string, SimulatedAccount>();
  const faults = new FaultScript();
  const journal = new SimulatorJournal(options.journal);
  const stop = new AbortController();
  const shared = { clock, accounts, faults, journal };
  const trading = [...accountRoutes, ...orderRoutes, ...positionRoutes, ...marketTimeRoutes, ...venueRoutes];
  const routes = [...trading, ...dataRoutes(plan)];
  const api = new ApiServer({
    ...shared,
    random,
    routes,
    requestsPerMinute: options.requestsPerMinute ?? 200,
    signal: stop.signal,
  });
  const streams = new StreamServer({ ...shared, market, plan, connectionReapMs: options.connectionReapMs ?? 0 });

  const addAccount = (given: SimulatedAccountOptions): SimulatedAccount => {
    if (accounts.has(given.key)) throw new RangeError("an account has this key already");
    // Far apart, so that no two accounts share an id.
    const account = new SimulatedAccount({
      options: given,
      market,
      quirks,
      seed: seed + (accounts.size + 1) * 1_000,
      store,
      onOrder: (entry) => journal.record({ kind: "order", at: clock.now(), ...entry }),
    });
    accounts.set(given.key, account);
    return account;
  };
  for (const account of options.accounts) addAccount(account);
  const unlisten = market.listen({
    onMessage: () => undefined,
    onTick: (tick) => {
      for (const account of accounts.values()) account.onTick(tick);
    },
    onNews: (news) => {
      for (const account of accounts.values()) account.onNews(news);
    },
  });
  const tending = tend(clock, options.tendEveryMs ?? 1_000, stop.signal, () => {
    market.endMinutes();
    for (const account of accounts.values()) account.tend();
  });

  const listen = async (port: number): Promise<Server> => {
    const created = createServer((request, response) => void api.handle(request, response));
    created.on("upgrade", (request, socket, head) => streams.upgrade(request, socket, head));
    created.listen(port, HOST);
    await once(created, "listening");
    return created;
  };
  let server: Server | undefined = await listen(options.port ?? 0);
  const port = portOf(server);

  const simulator: AlpacaSimulator = {
    endpoints: {
      trading: `http://${HOST}:${port}`,
      data: `http://${HOST}:${port}`,
      tradingStream: `ws://${HOST}:${port}/stream`,
      dataStream: `ws://${HOST}:${port}/v2/iex`,
    },
    port,
    market,
    faults,
    journal,
    account: (key) => {
      const account = accounts.get(key);
      if (account === undefined) throw new RangeError("no account has this key");
      return account;
    },
    addAccount,
    settleStreams: () => streams.settle(),
    closeStreams: (stream, code) => streams.closeAll(stream, code),
    goOffline: async () => {
      const closing = server;
      server = undefined;
      if (closing === undefined) return;
      const closed = once(closing, "close");
      closing.close();
      streams.closeAll();
      closing.closeAllConnections();
      await closed;
    },
    goOnline: async () => {
      server ??= await listen(port);
    },
    [Symbol.asyncDispose]: async () => {
      stop.abort();
      unlisten();
      await tending;
      await simulator.goOffline();
      await market.close();
    },
  };
  return simulator;
}

async function tend(clock: Clock, everyMs: number, signal: AbortSignal, look: () => void): Promise<void> {
  while (!signal.aborted) {
    try {
      await clock.sleep(everyMs, { signal });
    } catch {
      return;
    }
    look();
  }
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the simulator listens on no port");
  return address.port;
}
