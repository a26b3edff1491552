import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";
import { SeededRandom, type MarketFeed } from "@trenddojo/brokers";
import type { Clock, Position } from "@trenddojo/brokers/domain";
import type { AccountStore } from "../AccountStore.ts";
import type { TwsAccountOptions } from "./account/TwsAccount.ts";
import { EASTERN, easternTime } from "./easternTime.ts";
import { wordsOf } from "./faults/gatewayWords.ts";
import type { GatewayAct } from "./faults/TwsFaultRule.ts";
import { TwsFaultScript } from "./faults/TwsFaultScript.ts";
import { TwsMarket } from "./market/TwsMarket.ts";
import { DEFAULT_TWS_QUIRKS, type TwsQuirks } from "./Quirks.ts";
import { TwsFloor, type ManualOrder } from "./TwsFloor.ts";
import { MessageRate } from "./session/MessageRate.ts";
import { TwsConnection } from "./session/TwsConnection.ts";
import { TwsJournal, type TwsJournalSink } from "./TwsJournal.ts";
import { MAX_VERSION, MIN_VERSION } from "./wire/versions.ts";

const HOST = "127.0.0.1";
/** Clients at once. */
const MOST_CLIENTS = 32;
const TEND_MS = 1_000;

export interface TwsSimulatorOptions {
  /** Wall time, for deadlines and delays. The market's time is the feed's. */
  readonly clock: Clock;
  /** Its prices and its time; the simulator starts it, and ends it when it is disposed. */
  readonly feed: MarketFeed;
  /** At least one. */
  readonly accounts: readonly TwsAccountOptions[];
  /** On 127.0.0.1; 0 takes a free one. @default 0 */
  readonly port?: number;
  /** Ids, and chances of fills. A safe integer, zero or above. @default 1 */
  readonly seed?: number;
  /** The newest version of the API that it speaks, 157 to 193. @default 193 */
  readonly maxVersion?: number;
  readonly quirks?: TwsQuirks;
  /** Keeps the accounts and their orders over restarts. @default they end with the simulator */
  readonly store?: AccountStore;
  /** Gets every entry of the journal as it is written. @default none: the newest are kept in memory alone */
  readonly journal?: TwsJournalSink;
}

export interface RestartOptions {
  /** How much older the ids are that are given out afterwards. @default 0 */
  readonly rollBackIds?: number;
  /** How long nobody answers, milliseconds. @default 0 */
  readonly downMs?: number;
}

/** A running gateway, and the strings that a test pulls. */
export interface TwsSimulator extends AsyncDisposable {
  readonly host: string;
  readonly port: number;
  readonly accounts: readonly string[];
  readonly market: TwsMarket;
  readonly faults: TwsFaultScript;
  readonly journal: TwsJournal;
  /** Clients that are in. */
  readonly clients: number;
  /** To every client, as of no request: 1100, 1101, 1102, 2110. @param message @default TWS's own words */
  say(code: number, message?: string): void;
  /** Ends every connection: by a reset, or in good order. */
  cut(how?: { readonly rst?: boolean }): void;
  /** Every connection that is there falls silent and stays open; new ones are served. */
  freeze(): void;
  /** As a gateway that is restarted: connections are reset, ids may be older, orders live on. Resolves when it answers again. */
  restart(options?: RestartOptions): Promise<void>;
  /** Nobody answers any more; orders and the market go on. Idempotent. */
  goOffline(): Promise<void>;
  /** Answers again, on the same port. Idempotent. */
  goOnline(): Promise<void>;
  /** An order that a person typed into TWS: of client 0, with order id 0. @throws TwsRefusal */
  placeManual(order: ManualOrder): void;
  /** What the account holds, by symbol; none that is flat. @throws RangeError for an account that is not here. */
  positions(account: string): readonly Position[];
  /** Reports an execution again at another price, its id counted up. @throws RangeError for an unknown one. */
  correct(executionId: string, price: string): void;
}

/** Starts a gateway on this machine. Resolves when it answers. @throws RangeError for a version or accounts that cannot be. */
export async function startTwsSimulator(options: TwsSimulatorOptions): Promise<TwsSimulator> {
  const { clock, feed, seed = 1, maxVersion = MAX_VERSION, accounts } = options;
  if (!(maxVersion >= MIN_VERSION && maxVersion <= MAX_VERSION)) {
    throw new RangeError(`maxVersion must be from ${MIN_VERSION} to ${MAX_VERSION}, not ${maxVersion}`);
  }
  const quirks = { ...DEFAULT_TWS_QUIRKS, ...options.quirks };
  const journal = new TwsJournal(options.journal);
  const market = new TwsMarket(feed);
  await market.start();
  const connections = new Set<TwsConnection>();
  const floor = new TwsFloor({
    clock,
    market,
    quirks,
    journal,
    accounts,
    seed,
    random: new SeededRandom(seed),
    store: options.store ?? null,
    hear: (news) => {
      for (const connection of connections) connection.hear(news);
    },
  });
  const faults = new TwsFaultScript((afterMs, act) => clock.setTimer(afterMs, () => befall(act, null)));
  const stop = new AbortController();
  let opened = 0;

  const befall = (act: GatewayAct, connection: TwsConnection | null): void => {
    const concerned = connection === null ? [...connections] : [connection];
    if (act.kind === "say") simulator.say(act.code, act.message);
    else if (act.kind === "restart") void restart(act).catch(() => undefined);
    else for (const each of concerned) each[act.kind]();
  };

  const accept = (socket: Socket): void => {
    if (connections.size >= MOST_CLIENTS) {
      socket.resetAndDestroy();
      return;
    }
    opened += 1;
    const connection: TwsConnection = new TwsConnection({
      socket,
      number: opened,
      clock,
      maxVersion,
      faults,
      journal,
      rate: new MessageRate(quirks.messagesPerSecond),
      helloTime: () => `${easternTime(market.now())} ${EASTERN}`,
      isTaken: (clientId) =>
        [...connections].some((each) => each !== connection && each.isReady && each.clientId === clientId),
      openDesk: (clientId, say) => floor.openDesk(clientId, say),
      befall,
      commit: () => floor.flush(),
      onEnd: () => connections.delete(connection),
    });
    connections.add(connection);
  };

  const unlisten = market.listen({
    onTick: (tick) => {
      floor.onTick(tick);
      for (const connection of connections) connection.onTick(tick);
    },
    onNews: (news) => floor.onNews(news),
  });
  const tending = tend(clock, stop.signal, () => {
    floor.tend();
    for (const connection of connections) connection.tend();
  });

  const listen = async (port: number): Promise<Server> => {
    const created = createServer(accept);
    created.listen(port, HOST);
    await once(created, "listening");
    return created;
  };
  let server: Server | undefined = await listen(options.port ?? 0);
  const port = portOf(server);

  const restart = async ({ rollBackIds = 0, downMs = 0 }: RestartOptions = {}): Promise<void> => {
    const offline = simulator.goOffline();
    floor.rollBack(rollBackIds);
    await offline;
    if (downMs > 0) await clock.sleep(downMs, { signal: stop.signal });
    await simulator.goOnline();
  };

  const simulator: TwsSimulator = {
    host: HOST,
    port,
    accounts: accounts.map(({ id }) => id),
    market,
    faults,
    journal,
    get clients() {
      return [...connections].filter(({ isReady }) => isReady).length;
    },
    say: (code, message = wordsOf(code)) => {
      for (const connection of connections) connection.announce(code, message);
    },
    cut: ({ rst = true } = {}) => {
      for (const connection of connections)
        if (rst) connection.reset();
        else connection.close();
    },
    freeze: () => {
      for (const connection of connections) connection.freeze();
    },
    restart,
    goOffline: async () => {
      const closing = server;
      server = undefined;
      if (closing === undefined) return;
      const closed = once(closing, "close");
      closing.close();
      for (const connection of connections) connection.reset();
      await closed;
    },
    goOnline: async () => {
      if (!stop.signal.aborted) server ??= await listen(port);
    },
    placeManual: (order) => floor.placeManual(order),
    positions: (account) => floor.positions(account),
    correct: (executionId, price) => floor.correct(executionId, price),
    [Symbol.asyncDispose]: async () => {
      stop.abort();
      faults.clear();
      unlisten();
      await tending;
      await simulator.goOffline();
      await market.close();
    },
  };
  return simulator;
}

async function tend(clock: Clock, signal: AbortSignal, look: () => void): Promise<void> {
  while (!signal.aborted) {
    try {
      await clock.sleep(TEND_MS, { signal });
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
