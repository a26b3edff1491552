import { clientOrderId, money, parseFixed, type MarketData } from "../src/domain/index.ts";
import { PaperExchange } from "../src/paper/index.ts";
import type { ParsedOrder } from "../src/rules/ParsedOrder.ts";
import type { BenchResult } from "./BenchResult.ts";
import { instrumentOf, OPEN_SESSION, START, tickAt } from "./paperInputs.ts";

/** Inputs are made at once, while the watch stands. */
const BATCH = 1_000;
/** Of this many inputs one is an order, one cancels a resting order and the others are quotes and prints. */
const CYCLE = 10;

export interface ScaleOptions {
  readonly instruments: number;
  readonly resting: number;
  /** Inputs that are measured. */
  readonly inputs: number;
}

type Input =
  | { readonly kind: "tick"; readonly tick: MarketData }
  | { readonly kind: "order"; readonly at: number; readonly order: ParsedOrder }
  | { readonly kind: "cancel"; readonly at: number };

const nameOf = (index: number): string => {
  const letter = (value: number): string => String.fromCharCode(65 + (value % 26));
  return `${letter(index / 676)}${letter(index / 26)}${letter(index)}X`;
};

/** A resting limit far from the market, at one of a thousand prices; every other one sells. */
function restingOrder(symbol: string, index: number): ParsedOrder {
  const side = index % 2 === 0 ? "buy" : "sell";
  const cents = BigInt(index % 1_000) * 10_000_000n;
  return {
    clientOrderId: clientOrderId(`r-${index}`),
    symbol,
    side,
    type: "limit",
    timeInForce: "gtc",
    extendedHours: false,
    quantity: parseFixed(10),
    price: side === "buy" ? parseFixed(90) - cents : parseFixed(110) + cents,
    stopPrice: null,
  };
}

function takingOrder(symbol: string, index: number): ParsedOrder {
  const { stopPrice, quantity, symbol: name } = restingOrder(symbol, index);
  const base = { stopPrice, quantity, symbol: name, clientOrderId: clientOrderId(`t-${index}`), extendedHours: false };
  return { ...base, side: index % 4 < 2 ? "buy" : "sell", type: "market", timeInForce: "day", price: null };
}

/**
 * Inputs a second of the paper exchange on one core, in memory, with `resting` orders in `instruments` symbols: of ten
 * inputs eight are quotes with a print, one is a new order (a market order that fills, or a limit that rests) and one
 * cancels a resting order, so that their number stays. Every event is built whole, and the whole history is kept.
 */
export function benchPaperScale({ instruments, resting, inputs }: ScaleOptions): BenchResult {
  const exchange = PaperExchange.create({
    seed: 1,
    startingCash: money("100000000000"),
    instruments: instrumentOf,
    session: () => OPEN_SESSION,
  });
  const symbols = Array.from({ length: instruments }, (_, index) => nameOf(index));
  const symbolAt = (index: number): string => symbols[index % symbols.length] ?? "AAAX";
  for (const symbol of symbols) exchange.onTick({ ...tickAt(symbol, 0), timestamp: START - 1 });
  const restingIds: string[] = [];
  const rest = (order: ParsedOrder, at: number): void => {
    for (const event of exchange.submit(at, order)) {
      if (event.type === "order_accepted" && event.timeInForce === "gtc") restingIds.push(event.orderId);
    }
  };
  for (let index = 0; index < resting; index += 1) rest(restingOrder(symbolAt(index >> 1), index), START);

  let made = resting;
  let canceled = 0;
  let elapsedMs = 0;
  let cpuMicros = 0;
  const firstSequence = exchange.sequence;
  const inputAt = (index: number): Input => {
    const at = START + index;
    const place = index % CYCLE;
    if (place === 0) {
      made += 1;
      const symbol = symbolAt(made * 7);
      return { kind: "order", at, order: made % 2 === 0 ? takingOrder(symbol, made) : restingOrder(symbol, made) };
    }
    if (place === 5 && index % (2 * CYCLE) === 5) return { kind: "cancel", at };
    // A step more each round, so that every symbol has its turn.
    return { kind: "tick", tick: tickAt(symbolAt(index + Math.floor(index / symbols.length)), index) };
  };
  for (let first = 0; first < inputs; first += BATCH) {
    const batch = Array.from({ length: Math.min(BATCH, inputs - first) }, (_, offset) => inputAt(first + offset));
    const startedAt = performance.now();
    const startedCpu = process.cpuUsage();
    for (const input of batch) {
      if (input.kind === "tick") exchange.onTick(input.tick);
      else if (input.kind === "order") rest(input.order, input.at);
      else {
        exchange.cancel(input.at, restingIds[canceled] ?? "none");
        canceled += 1;
      }
    }
    elapsedMs += performance.now() - startedAt;
    const { user, system } = process.cpuUsage(startedCpu);
    cpuMicros += user + system;
  }
  const orders = Math.ceil(inputs / CYCLE);
  return {
    name: `paper exchange: orders, cancels and quotes a second, ${instruments} instruments, ${resting} resting orders`,
    value: Math.round((inputs / elapsedMs) * 1000),
    unit: "inputs/s",
    details: {
      inputs,
      orders,
      cancels: canceled,
      ticks: inputs - orders - canceled,
      resting: exchange.openOrders().length,
      journalEvents: exchange.sequence - firstSequence,
      nanosecondsEach: Math.round((elapsedMs / inputs) * 1_000_000),
      // Where others share the machine, the processor's own time tells more than the watch.
      cpuNanosecondsEach: Math.round((cpuMicros / inputs) * 1_000),
      elapsedMs: Math.round(elapsedMs),
    },
  };
}

/** The goal, and how the cost of an input grows with the orders that rest. */
const SCALES: readonly ScaleOptions[] = [
  { instruments: 500, resting: 1_000, inputs: 1_000_000 },
  { instruments: 500, resting: 10_000, inputs: 1_000_000 },
  { instruments: 500, resting: 100_000, inputs: 1_000_000 },
];

/** One answer a scale. */
export function benchPaperScales(scales: readonly ScaleOptions[] = SCALES): readonly BenchResult[] {
  return scales.map(benchPaperScale);
}
