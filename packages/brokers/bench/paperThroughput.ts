import { clientOrderId, money, parseFixed, type Instrument, type MarketData } from "../src/domain/index.ts";
import { PaperExchange, type PaperEvent, type SessionState } from "../src/paper/index.ts";
import type { ParsedOrder } from "../src/rules/ParsedOrder.ts";
import type { BenchResult } from "./BenchResult.ts";

const START = Date.UTC(2026, 5, 1, 14, 0);
const RESTING_QUANTITY = "50";
const SYMBOLS = ["AAPL", "MSFT", "SPY", "IBM", "BAC", "KO", "XOM", "JPM"] as const;
const SESSION: SessionState = {
  isOpen: true,
  session: "regular",
  nextOpenAt: null,
  nextCloseAt: null,
  dayEndsAt: START + 86_400_000,
};

const instrument = (symbol: string): Instrument => ({
  symbol,
  name: symbol,
  exchange: "NYSE",
  kind: "stock",
  currency: "USD",
  tickSize: "0.01",
  lotSize: "1",
  shortable: true,
});

function tickOf(symbol: string, index: number): MarketData {
  const bid = 100 + (index % 40) / 100;
  return {
    symbol,
    bid,
    ask: Math.round((bid + 0.02) * 100) / 100,
    bidSize: 100 + (index % 7) * 100,
    askSize: 100 + (index % 5) * 100,
    last: bid,
    lastSize: 100,
    volume: index * 100,
    previousClose: 100,
    timestamp: START + index,
    receivedAt: START + index,
    source: "synthetic",
    feed: "streaming",
  };
}

function orderOf(symbol: string, index: number): ParsedOrder {
  const side = index % 2 === 0 ? "buy" : "sell";
  const base = { clientOrderId: clientOrderId(`b-${index}`), symbol, side, timeInForce: "day", extendedHours: false, stopPrice: null } as const;
  // One in four is a market order, one in four a marketable limit, and half rest away from the market.
  if (index % 8 < 2) return { ...base, type: "market", quantity: parseFixed(100), price: null };
  if (index % 8 < 4) return { ...base, type: "limit", quantity: parseFixed(100), price: parseFixed(side === "buy" ? 101 : 99) };
  return { ...base, type: "limit", quantity: parseFixed(RESTING_QUANTITY), price: parseFixed(side === "buy" ? 99 - (index % 50) : 101 + (index % 50)) };
}

/** Orders whose inputs are made at once, while the watch stands. */
const BATCH = 2_000;

/**
 * Order events a second of the paper exchange on one core, in memory. Counted: every event of the journal
 * (order_accepted, order_filled, order_canceled; none is refused), each built whole with its ids, decimals, fees and
 * reason. Not counted, but in the time: ticks, of which one comes with every second order. A resting order is canceled
 * 64 resting orders later. The inputs are made while the watch stands, and the whole history is kept.
 */
export function benchPaperThroughput(orders = 200_000): BenchResult {
  const exchange = PaperExchange.create({ seed: 1, startingCash: money("1000000000"), instruments: instrument, session: () => SESSION });
  for (const symbol of SYMBOLS) exchange.onTick({ ...tickOf(symbol, 0), timestamp: START - 1 });

  const counts: Record<string, number> = {};
  const resting: string[] = [];
  const count = (events: readonly PaperEvent[]): void => {
    for (const event of events) {
      counts[event.type] = (counts[event.type] ?? 0) + 1;
      if (event.type === "order_accepted" && event.quantity === RESTING_QUANTITY) resting.push(event.orderId);
    }
  };
  let canceled = 0;
  let elapsedMs = 0;
  for (let first = 0; first < orders; first += BATCH) {
    const batch = Array.from({ length: Math.min(BATCH, orders - first) }, (_, offset) => {
      const index = first + offset;
      const symbol = SYMBOLS[(index >> 1) % SYMBOLS.length] ?? "AAPL";
      return { order: orderOf(symbol, index), tick: tickOf(symbol, index), hasTick: index % 2 === 0 };
    });
    const startedAt = performance.now();
    for (const { order, tick, hasTick } of batch) {
      if (hasTick) count(exchange.onTick(tick));
      count(exchange.submit(tick.timestamp, order));
      const due = resting[canceled];
      if (due === undefined || resting.length - canceled <= 64) continue;
      canceled += 1;
      count(exchange.cancel(tick.timestamp, due));
    }
    elapsedMs += performance.now() - startedAt;
  }
  const { day_started: _dayStarted, ...orderEvents } = counts;
  const events = Object.values(orderEvents).reduce((sum, each) => sum + each, 0);
  return {
    name: "paper exchange: order events a second, one core, in memory",
    value: Math.round((events / elapsedMs) * 1000),
    unit: "events/s",
    details: { orders, ticks: Math.ceil(orders / 2), ...orderEvents, elapsedMs: Math.round(elapsedMs) },
  };
}
