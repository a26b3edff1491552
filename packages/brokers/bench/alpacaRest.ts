/* oxlint-disable typescript/unbound-method -- both are called on the socket that calls them */
import { Socket } from "node:net";
import { TradingClient } from "@alpacahq/alpaca-trade-api";
import { AlpacaSession } from "../src/alpaca/AlpacaSession.ts";
import { toOrderBody } from "../src/alpaca/orders/orderBody.ts";
import { HttpTransport } from "../src/alpaca/rest/HttpTransport.ts";
import { TradingRest } from "../src/alpaca/rest/TradingRest.ts";
import { brokerDeps } from "../src/deps.ts";
import { clientOrderId } from "../src/domain/ids.ts";
import type { OrderRequest } from "../src/domain/order.ts";
import { parseOrder } from "../src/rules/parseOrder.ts";
import { DEFAULT_RISK_LIMITS } from "../src/rules/RiskLimits.ts";
import { AlpacaPeer } from "./AlpacaPeer.ts";
import { printComparisons } from "./Comparison.ts";
import { median } from "./median.ts";

const WARM_UP = 100;
const CALLS = 100;
const ROUNDS = 7;
const KEYS = { keyId: "key", secretKey: "secret" };

interface Way {
  readonly what: string;
  readonly call: () => Promise<unknown>;
}

/** When bytes were last given to the kernel, whoever gave them. */
let lastWriteAt = 0;

function watchSockets(): void {
  const { _write: write, _writev: writev } = Socket.prototype;
  Socket.prototype._write = function (...args) {
    write.apply(this, args);
    lastWriteAt = performance.now();
  };
  Socket.prototype._writev = function (...args) {
    writev?.apply(this, args);
    lastWriteAt = performance.now();
  };
}

/**
 * What a call costs, ours beside Alpaca's own client, over loopback to one server in another process: from the call to the
 * last byte of its request on the socket, and from there to the answer, read.
 */
async function measureAlpacaRest(): Promise<void> {
  watchSockets();
  using peer = await AlpacaPeer.start();
  const session = new AlpacaSession(
    {
      mode: "paper",
      keys: KEYS,
      venue: peer.venue,
      riskPolicy: () => ({
        limits: { ...DEFAULT_RISK_LIMITS, maxOrdersPerMinute: 1_000_000, duplicateWindowMs: 0 },
        tradingState: "ACTIVE",
      }),
    },
    brokerDeps(),
  );
  await session.connect();
  // As in the desk, whose ticket watches what it is about to trade: the price is there and not asked for.
  await session.subscribeToMarketData("AAPL", () => undefined);
  const { trading, data } = peer.venue;
  const { clock } = brokerDeps();
  using transport = new HttpTransport({ endpoints: { trading, data }, keys: KEYS, clock });
  const rest = new TradingRest(transport);
  const own = new TradingClient({
    keyId: KEYS.keyId,
    secret: KEYS.secretKey,
    paper: true,
    retry: false,
    rateLimit: false,
    fetchApi: (input, init) => fetch(String(input).replace("https://paper-api.alpaca.markets", trading), init),
  });
  await compare(peer, "place a limit order", [
    {
      what: "Alpaca's own client",
      call: () =>
        own.orders.limit({ ...TERMS, clientOrderId: nextId(), timeInForce: "gtc", qty: "2", limitPrice: "90" }),
    },
    { what: "without the judge", call: () => rest.postOrder(bodyOf(nextOrder()), "order") },
    { what: "as the desk does it", call: () => session.placeOrder(nextOrder()) },
  ]);
  await compare(peer, "ask for an order", [
    {
      what: "Alpaca's own client",
      call: () => own.orders.getOrderByOrderID({ orderId: peer.orderId, nested: true }),
    },
    { what: "request and checked answer alone", call: () => rest.getOrder(peer.orderId) },
    { what: "as the desk does it", call: () => session.getOrderStatus(peer.orderId) },
  ]);
  await session.disconnect();
}

/** @param ways its own client's first. */
async function compare(peer: AlpacaPeer, what: string, ways: readonly Way[]): Promise<void> {
  const rounds = ways.map((): { out: number; back: number }[] => []);
  for (let round = 0; round < ROUNDS; round += 1) {
    peer.say({ kind: "msgpack", amount: 1 });
    for (const [index, way] of ways.entries()) rounds[index]?.push(await measure(way, round === 0 ? WARM_UP : 20));
  }
  const figures = rounds.map((each) => ({
    out: median(each.map(({ out }) => out)),
    back: median(each.map(({ back }) => back)),
  }));
  const [own, ...ours] = figures;
  const note = `median of ${ROUNDS} rounds of ${CALLS} calls, loopback`;
  printComparisons(
    ours.flatMap(({ out, back }, index) => {
      const name = `Alpaca, ${what}, ${ways[index + 1]?.what ?? ""}`;
      const against = "Alpaca's own client";
      return [
        { what: `${name}: call to bytes`, value: out, unit: "µs", against, reference: own?.out ?? 0, note },
        { what: `${name}: bytes to answer`, value: back, unit: "µs", against, reference: own?.back ?? 0, note },
      ];
    }),
  );
}

async function measure({ call }: Way, warmUp: number): Promise<{ readonly out: number; readonly back: number }> {
  for (let index = 0; index < warmUp; index += 1) await call();
  const out: number[] = [];
  const back: number[] = [];
  for (let index = 0; index < CALLS; index += 1) {
    const before = performance.now();
    await call();
    const after = performance.now();
    out.push((lastWriteAt - before) * 1_000);
    back.push((after - lastWriteAt) * 1_000);
  }
  return { out: median(out), back: median(back) };
}

const TERMS = { symbol: "AAPL", side: "buy" } as const;
let ids = 0;
const nextId = (): string => `bench-${(ids += 1)}`;

function nextOrder(): OrderRequest {
  return {
    ...TERMS,
    clientOrderId: clientOrderId(nextId()),
    type: "limit",
    timeInForce: "gtc",
    quantity: "2",
    price: "90",
  };
}

function bodyOf(request: OrderRequest): ReturnType<typeof toOrderBody> {
  const parsed = parseOrder(request);
  if (!parsed.ok) throw new Error("the order of the measurement is refused");
  return toOrderBody(parsed.order);
}

await measureAlpacaRest();
