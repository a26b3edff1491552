import { streaming } from "@alpacahq/alpaca-trade-api";
import { AlpacaSession } from "../src/alpaca/AlpacaSession.ts";
import { DataStream } from "../src/alpaca/stream/DataStream.ts";
import { TradeStream } from "../src/alpaca/stream/TradeStream.ts";
import { brokerDeps } from "../src/deps.ts";
import { QUOTES_A_FRAME, type Codec } from "./alpacaFrames.ts";
import { AlpacaPeer, type Speech } from "./AlpacaPeer.ts";
import { printComparisons } from "./Comparison.ts";
import { median } from "./median.ts";
import { ownPriceStream } from "./ownStream.ts";

const WARM_UP = 3;
const ROUNDS = 9;
const FRAMES = 2_000;
const ORDERS = 1_000;
const UPDATES_AN_ORDER = 3;
const KEYS = { keyId: "key", secretKey: "secret" };
const OWN = { keyId: "key", secret: "secret" };

/** Something that listens and counts what it is told. */
interface Listener {
  readonly what: string;
  readonly close: () => Promise<void> | void;
}

/** Counts, and wakes who waits for a number. */
class Tally {
  #count = 0;
  #awaited = Number.POSITIVE_INFINITY;
  #wake: (() => void) | null = null;

  /** @param isSound whether what was told has in it what it should. */
  readonly add = (isSound: boolean): void => {
    this.#count += isSound ? 1 : 0;
    if (this.#count >= this.#awaited) this.#wake?.();
  };

  reached(count: number): Promise<void> {
    this.#awaited = count;
    return new Promise((resolve) => (this.#wake = resolve));
  }
}

const nothing = (): void => undefined;

/**
 * From the bytes of the socket to the object that a listener is given, in microseconds of this process's CPU an event:
 * ours beside Alpaca's own client, each on a socket of its own to the same server in another process. The kernel's part
 * and that of `ws`, which both are built on, are in all figures.
 */
async function measureAlpacaStream(): Promise<void> {
  using peer = await AlpacaPeer.start();
  for (const codec of ["msgpack", "json"] as const) {
    await compare(peer, { kind: codec, amount: FRAMES }, FRAMES * QUOTES_A_FRAME, [
      (tally) => ownPrices(peer, tally, codec),
      (tally) => ourPrices(peer, tally, codec),
    ]);
  }
  await compare(peer, { kind: "orders", amount: ORDERS }, ORDERS * UPDATES_AN_ORDER, [
    (tally) => ownUpdates(peer, tally),
    (tally) => ourUpdates(peer, tally),
    (tally) => ourOrderEvents(peer, tally),
  ]);
}

/** @param listeners its own client's first. */
async function compare(
  peer: AlpacaPeer,
  speech: Speech,
  events: number,
  listeners: readonly ((tally: Tally) => Promise<Listener>)[],
): Promise<void> {
  const costs = listeners.map((): number[] => []);
  const names: string[] = [];
  // In turns, and one socket at a time: the server speaks to all that are open.
  for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
    for (const [index, listen] of listeners.entries()) {
      const tally = new Tally();
      const listener = await listen(tally);
      names[index] = listener.what;
      const before = process.cpuUsage();
      const all = tally.reached(events);
      peer.say(speech);
      await all;
      const { user, system } = process.cpuUsage(before);
      await listener.close();
      if (round >= WARM_UP) costs[index]?.push((user + system) / events);
    }
  }
  const [own = 0, ...ours] = costs.map(median);
  const note = `CPU an event, median of ${ROUNDS} rounds of ${events}`;
  printComparisons(
    ours.map((value, index) => ({
      what: `Alpaca, socket to event: ${names[index + 1] ?? ""}`,
      value,
      unit: "µs",
      against: names[0] ?? "",
      reference: own,
      note,
    })),
  );
}

async function ourPrices({ venue }: AlpacaPeer, { add }: Tally, codec: Codec): Promise<Listener> {
  const stream = new DataStream({
    url: `${venue.dataStream}/v2/iex`,
    keys: KEYS,
    codec,
    deps: brokerDeps(),
    onEvent: ({ kind }) => add(kind === "quote"),
    onRefused: nothing,
    onReady: nothing,
    onLost: nothing,
  });
  await stream.connection.start();
  return { what: `a quote, ${codec}`, close: () => stream.connection.close() };
}

async function ownPrices({ venue }: AlpacaPeer, { add }: Tally, codec: Codec): Promise<Listener> {
  const stream = ownPriceStream(codec, { url: `${venue.dataStream}/v2/iex` });
  stream.onQuote(({ symbol }) => add(symbol !== ""));
  stream.connect();
  await stream.whenAuthenticated();
  const what = codec === "json" ? "Alpaca's own client, told to read JSON" : "Alpaca's own client";
  return { what, close: () => stream.disconnect() };
}

async function ourUpdates({ venue }: AlpacaPeer, { add }: Tally): Promise<Listener> {
  const stream = new TradeStream({
    url: venue.tradingStream,
    keys: KEYS,
    deps: brokerDeps(),
    onUpdate: ({ order }) => add(order.id !== ""),
    onUnreadable: nothing,
    onReady: nothing,
    onLost: nothing,
  });
  await stream.connection.start();
  return { what: "a trade update, checked", close: () => stream.connection.close() };
}

async function ownUpdates({ venue }: AlpacaPeer, { add }: Tally): Promise<Listener> {
  const stream = new streaming.TradingStream({
    credentials: OWN,
    url: venue.tradingStream,
    pingIntervalMs: 0,
    reconnect: false,
  });
  stream.onTradeUpdate(({ order }) => add(order.id !== ""));
  const listens = new Promise<void>((resolve) => stream.on("subscription", () => resolve()));
  stream.subscribeTradeUpdates();
  stream.connect();
  await listens;
  return { what: "Alpaca's own client", close: () => stream.disconnect() };
}

/** All that the desk does with one: the order's book, executions told once, the order as its subscribers see it. */
async function ourOrderEvents({ venue }: AlpacaPeer, { add }: Tally): Promise<Listener> {
  const session = new AlpacaSession({ mode: "paper", keys: KEYS, venue }, brokerDeps());
  await session.connect();
  await session.subscribeToOrderUpdates(({ order }) => add(order.orderId !== ""));
  return { what: "a trade update, through the book to its subscriber", close: () => session.disconnect() };
}

await measureAlpacaStream();
