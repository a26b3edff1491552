import { EventName, IBApi } from "@stoqey/ib";
import { hearTicks } from "../src/interactive-brokers/market/hearTicks.ts";
import { Ticker } from "../src/interactive-brokers/market/Ticker.ts";
import { openVendorApi } from "../src/interactive-brokers/session/openVendorApi.ts";
import { frameOf, ScriptedGateway } from "../src/testing/interactive-brokers/ScriptedGateway.ts";
import { printComparisons } from "./Comparison.ts";
import { median } from "./median.ts";

const LINES = 100;
/** A bid with its size, an ask with its size, and the two sizes again in messages of their own. */
const MESSAGES_A_QUOTE = 4;
const QUOTES = 200;
const WARM_UP = 5;
const ROUNDS = 9;

/** A client that is in, and how many ticks it has told so far. */
interface Way {
  readonly api: IBApi;
  readonly told: () => number;
}

/** What a tick costs from the socket's bytes to its event, ours beside the bare library; the kernel's part is in neither. */
async function measureTicks(): Promise<void> {
  await using gateway = await ScriptedGateway.start();
  const own = await entered(ours(gateway), gateway);
  const bare = await entered(alone(gateway), gateway);
  const chunks = Array.from({ length: QUOTES }, (_, index) => quotesAt(index));
  const costs: [number[], number[]] = [[], []];
  for (let round = 0; round < WARM_UP + ROUNDS; round += 1)
    for (const [index, way] of [own, bare].entries()) {
      const cost = microsecondsATick(way, chunks);
      if (round >= WARM_UP) costs[index]?.push(cost);
    }
  for (const { api } of [own, bare]) api.disconnect();
  printComparisons([
    {
      what: "Interactive Brokers, a tick from the socket's bytes to its event",
      value: median(costs[0]),
      unit: "µs",
      against: "`IBApi` alone",
      reference: median(costs[1]),
      note: `CPU, median of ${ROUNDS} rounds in turns, ${LINES} lines`,
    },
  ]);
}

function ours({ address }: ScriptedGateway): Way {
  let told = 0;
  const api = openVendorApi(IBApi, address, {
    onFrame: () => true,
    onUnreadable: fail,
    onGarbage: fail,
  });
  const tickers = Array.from({ length: LINES }, () => new Ticker());
  hearTicks((name, listener) => void Reflect.apply(Reflect.get(api, "on"), api, [name, listener]), {
    tickerOf: (id) => tickers[id],
    heard: () => ({ now: Date.now(), brokerNow: Date.now() }),
    onNews: (id) => {
      if (tickers[id]?.view("AAPL")?.symbol === "AAPL") told += 1;
    },
  });
  return { api, told: () => told };
}

function alone({ address }: ScriptedGateway): Way {
  let told = 0;
  const api = new IBApi({ ...address, maxReqPerSec: Number.POSITIVE_INFINITY });
  const tell = (): void => void (told += 1);
  api.on(EventName.tickPrice, tell);
  api.on(EventName.tickSize, tell);
  return { api, told: () => told };
}

async function entered(way: Way, { address }: ScriptedGateway): Promise<Way> {
  const ready = new Promise<void>((resolve) => way.api.once(EventName.nextValidId, () => resolve()));
  way.api.connect(address.clientId);
  await ready;
  return way;
}

function microsecondsATick({ api, told }: Way, chunks: readonly Buffer[]): number {
  const socket: unknown = Reflect.get(Reflect.get(api, "controller"), "socket");
  if (typeof socket !== "object" || socket === null) throw new TypeError("the library has no socket");
  const before = told();
  const start = process.cpuUsage();
  for (const chunk of chunks) Reflect.apply(Reflect.get(socket, "onData"), socket, [chunk]);
  const { user, system } = process.cpuUsage(start);
  if (told() === before) throw new Error("no tick was told");
  return (user + system) / (chunks.length * LINES * MESSAGES_A_QUOTE);
}

function quotesAt(index: number): Buffer {
  const bid = 100 + (index % 97) / 100;
  const size = 100 + (index % 50) * 100;
  const tell = (...fields: readonly number[]): Buffer => frameOf(fields.map((field) => `${field}\0`).join(""));
  return Buffer.concat(
    Array.from({ length: LINES }, (_, line) => [
      tell(1, 6, line, 1, bid, size, 0),
      tell(2, 6, line, 0, size),
      tell(1, 6, line, 2, bid + 0.5, size, 0),
      tell(2, 6, line, 3, size),
    ]).flat(),
  );
}

function fail(error: unknown): never {
  throw new Error("the library could not read a tick", { cause: error });
}

await measureTicks();
