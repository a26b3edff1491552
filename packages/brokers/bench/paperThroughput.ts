import { money } from "../src/domain/index.ts";
import { PaperExchange, type PaperEvent } from "../src/paper/index.ts";
import type { BenchResult } from "./BenchResult.ts";
import {
  instrumentOf,
  OPEN_SESSION,
  orderAt,
  RESTING_QUANTITY,
  START,
  symbolAt,
  SYMBOLS,
  tickAt,
} from "./paperInputs.ts";

/** Orders whose inputs are made at once, while the watch stands. */
const BATCH = 2_000;

/**
 * Order events a second of the paper exchange on one core, in memory. Counted: every event of the journal
 * (order_accepted, order_filled, order_canceled; none is refused), each built whole with its ids, decimals, fees and
 * reason. Not counted, but in the time: ticks, of which one comes with every second order. A resting order is canceled
 * 64 resting orders later. The inputs are made while the watch stands, and the whole history is kept.
 */
export function benchPaperThroughput(orders = 200_000): BenchResult {
  const exchange = PaperExchange.create({
    seed: 1,
    startingCash: money("1000000000"),
    instruments: instrumentOf,
    session: () => OPEN_SESSION,
  });
  for (const symbol of SYMBOLS) exchange.onTick({ ...tickAt(symbol, 0), timestamp: START - 1 });

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
      const symbol = symbolAt(index);
      return { order: orderAt(symbol, index), tick: tickAt(symbol, index), hasTick: index % 2 === 0 };
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
