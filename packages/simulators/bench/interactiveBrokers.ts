// The desk's client of Interactive Brokers beside the vendor's library alone, over real sockets to a gateway in another
// process: an order, a reconnect with 500 open orders, 100 lines of prices. `node --import tsx bench/interactiveBrokers.ts`,
// a line of JSON a figure.
import {
  InteractiveBrokersClient,
  limitOrder,
  MemoryOrderIdStore,
  WITHOUT_RISK_LIMITS,
} from "@trenddojo/brokers/testing";
import { BareClient } from "./BareClient.ts";
import { median, printComparison } from "./Comparison.ts";
import { GatewayPeer, SYMBOLS } from "./GatewayPeer.ts";
import { WriteWatch } from "./WriteWatch.ts";

const LIBRARY = "`IBApi` alone";
const OPEN_ORDERS = 500;
/** An account has few orders open in one symbol. */
const TRADED = SYMBOLS.slice(0, 50);
const ROUNDS = 8;
const ORDERS_A_ROUND = 10;
/** Between two orders, each of which takes five messages with the judge's questions: none waits for the budget of messages. */
const PACE_MS = 160;
const RECONNECTS = 5;
const RECONNECT_GOAL_MS = 2_000;
const SETTLE_MS = 3_000;
const TICK_SECONDS = 15;
const CORE_GOAL_PERCENT = 5;

const peer = await GatewayPeer.start();
const client = new InteractiveBrokersClient({
  mode: "paper",
  gateway: { host: "127.0.0.1", port: peer.port, clientId: 1 },
  orderIds: new MemoryOrderIdStore(),
  riskPolicy: () => ({
    ...WITHOUT_RISK_LIMITS,
    limits: { ...WITHOUT_RISK_LIMITS.limits, maxOrdersPerMinute: 1_000_000 },
  }),
});
await client.connect();
let placed = 0;
await measureOrders();
await measureReconnect();
await measureLines();
await client.disconnect();
peer[Symbol.dispose]();

/** From the call to its bytes on the socket, and from there to the gateway's word that it has the order. */
async function measureOrders(): Promise<void> {
  using bare = await BareClient.open(peer.port, 2);
  using watch = new WriteWatch();
  // As in the desk, whose ticket watches what it is about to trade: the price is there and not asked for.
  const ends = await Promise.all(TRADED.map((symbol) => client.subscribeToMarketData(symbol, () => undefined)));
  const ways = [placeOurs, (symbol: string, name: string) => bare.place(symbol, name)];
  const taken = ways.map(() => ({ out: [0], back: [0], cpu: [0] }));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [index, way] of ways.entries()) {
      const { out, back, cpu } = await measureRound(way, watch);
      if (round === 0) taken[index] = { out: [], back: [], cpu: [] };
      else {
        taken[index]?.out.push(...out);
        taken[index]?.back.push(...back);
        taken[index]?.cpu.push(cpu);
      }
    }
  }
  const [ours, theirs] = taken;
  if (ours === undefined || theirs === undefined) throw new Error("nothing was measured");
  const note = `median of ${ours.out.length} orders in turns, loopback, judge included`;
  for (const [part, what] of [
    ["out", "call to bytes"],
    ["back", "bytes to answer"],
    ["cpu", "CPU an order"],
  ] as const) {
    printComparison({
      what: `Interactive Brokers, an order as the desk places it: ${what}`,
      value: median(ours[part]),
      unit: "µs",
      against: LIBRARY,
      reference: median(theirs[part]),
      note,
    });
  }
  for (const end of ends) end();
}

async function measureRound(place: (symbol: string, name: string) => Promise<unknown>, watch: WriteWatch) {
  const out: number[] = [];
  const back: number[] = [];
  let cpu = 0;
  for (let index = 0; index < ORDERS_A_ROUND; index += 1) {
    await sleep(PACE_MS);
    const name = nextName();
    watch.lookFor(name);
    const symbol = nextSymbol();
    const from = process.cpuUsage();
    const calledAt = performance.now();
    await place(symbol, name);
    const answeredAt = performance.now();
    const { user, system } = process.cpuUsage(from);
    cpu += (user + system) / ORDERS_A_ROUND;
    out.push((watch.writtenAt - calledAt) * 1_000);
    back.push((answeredAt - watch.writtenAt) * 1_000);
  }
  return { out, back, cpu };
}

/** From the wish to be connected to the book as the gateway has it, after the gateway ended the connection. */
async function measureReconnect(): Promise<void> {
  // By the library, which has no budget: the account's orders are reconciled whoever placed them.
  using filler = await BareClient.open(peer.port, 5);
  while (placed < OPEN_ORDERS) await filler.place(nextSymbol(), nextName());
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let round = 0; round < RECONNECTS; round += 1) {
    peer.tell("cut");
    while (client.getConnectionStatus().isHealthy) await sleep(1);
    const from = performance.now();
    await client.connect();
    const open = await client.getOpenOrders();
    ours.push(performance.now() - from);
    if (open.length !== placed) throw new Error(`${open.length} of ${placed} open orders are in the book`);
    const bareFrom = performance.now();
    using bare = await BareClient.open(peer.port, 3);
    const count = await bare.countOpenOrders();
    theirs.push(performance.now() - bareFrom);
    if (count < placed) throw new Error(`${count} of ${placed} open orders were told`);
    await sleep(SETTLE_MS);
  }
  const note = `median of ${RECONNECTS}, ${placed} open orders, loopback, the wait between attempts left out`;
  const what = "Interactive Brokers, connection lost: from the next attempt to all orders reconciled";
  const row = { what, value: median(ours), unit: "ms", note };
  printComparison({ ...row, against: "the goal", reference: RECONNECT_GOAL_MS });
  printComparison({
    ...row,
    against: `${LIBRARY}, which is told each open order and keeps none`,
    reference: median(theirs),
  });
}

/** What 100 lines cost at the rate at which a gateway tells them, from the socket to each subscriber. */
async function measureLines(): Promise<void> {
  let told = 0;
  const ends = [];
  for (const symbol of SYMBOLS) ends.push(await client.subscribeToMarketData(symbol, () => void (told += 1)));
  const ours = await shareOfACore(() => told);
  for (const end of ends) end();
  await client.disconnect();
  let heard = 0;
  using bare = await BareClient.open(peer.port, 4);
  bare.listen(SYMBOLS, () => void (heard += 1));
  const theirs = await shareOfACore(() => heard);
  const rate = Math.round(ours.count / TICK_SECONDS);
  const note = `${TICK_SECONDS} s over a socket, ${rate} prices a second told by us, ${Math.round(theirs.count / TICK_SECONDS)} messages by the library`;
  const row = {
    what: `Interactive Brokers, ${SYMBOLS.length} lines of prices`,
    value: ours.percent,
    unit: "% of a core",
  };
  printComparison({ ...row, against: "the goal", reference: CORE_GOAL_PERCENT, note });
  printComparison({ ...row, against: LIBRARY, reference: theirs.percent, note });
}

async function shareOfACore(count: () => number): Promise<{ readonly percent: number; readonly count: number }> {
  peer.tell("tick");
  await sleep(SETTLE_MS);
  const before = count();
  const from = process.cpuUsage();
  const startedAt = performance.now();
  await sleep(TICK_SECONDS * 1_000);
  const { user, system } = process.cpuUsage(from);
  const tookMs = performance.now() - startedAt;
  peer.tell("rest");
  if (count() === before) throw new Error("no price was told");
  return { percent: (user + system) / 10 / tookMs, count: count() - before };
}

async function placeOurs(symbol: string, name: string): Promise<void> {
  await client.placeOrder({ ...limitOrder(symbol, "buy", 1, 50, name), timeInForce: "gtc" });
}

function nextName(): string {
  placed += 1;
  return `bench-${String(placed).padStart(6, "0")}`;
}

function nextSymbol(): string {
  return TRADED[placed % TRADED.length] ?? "";
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
