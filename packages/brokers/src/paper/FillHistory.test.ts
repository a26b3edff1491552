import { expect, it } from "vitest";
import type { MarketData } from "../domain/marketData.ts";
import type { PaperEvent } from "./PaperEvent.ts";
import { PaperExchange } from "./PaperExchange.ts";
import type { PaperExchangeConfig } from "./PaperExchangeConfig.ts";
import { ACCESS_FEE_CAP } from "./money/exchangeFees.ts";
import { ALPACA_LIKE_PROFILE, PESSIMISTIC_PROFILE, REALISTIC_PROFILE } from "./profiles.ts";
import { order, paperConfig, TEN_O_CLOCK as T, tick } from "./scenarios/fixture.ts";

const quote = (at: number, parts: Partial<MarketData> = {}): MarketData =>
  tick({ timestamp: at, bid: 99.98, ask: 100.02, bidSize: 300, askSize: 200, ...parts });

/** Buys, sells, rests and is met, partly and whole, by quotes and prints. */
function trade(config: PaperExchangeConfig): { readonly exchange: PaperExchange; readonly journal: PaperEvent[] } {
  const exchange = PaperExchange.create(config);
  const journal = [
    ...exchange.onTick(quote(T)),
    ...exchange.submit(T, order({ id: "a", quantity: "350" })),
    ...exchange.submit(T + 1, order({ id: "b", side: "sell", type: "limit", price: "100.03", quantity: "120" })),
    ...exchange.submit(T + 2, order({ id: "c", type: "limit", price: "99.97", quantity: "40" })),
    ...exchange.onTick(quote(T + 2_000, { last: 100.05, lastSize: 70, volume: 70 })),
    ...exchange.onTick(quote(T + 3_000, { bid: 100.03, ask: 100.04, last: 99.96, lastSize: 500, volume: 570 })),
    ...exchange.onTick(tick({ timestamp: T + 4_000, bid: 100.1, ask: 100.12, bidSize: 900, askSize: 900 })),
  ];
  return { exchange, journal };
}

it.each([
  ["realistic", { ...REALISTIC_PROFILE, exchangeFees: ACCESS_FEE_CAP }],
  ["alpaca-like", ALPACA_LIKE_PROFILE],
  ["pessimistic", PESSIMISTIC_PROFILE],
] as const)("[PX4] a snapshot tells the fills exactly as the journal told them: %s", (_name, profile) => {
  const config = paperConfig({ profile });
  const { exchange, journal } = trade(config);
  const filled = journal.filter(({ type }) => type === "order_filled");
  expect(filled.length).toBeGreaterThan(1);
  expect(JSON.stringify(exchange.snapshot().fills)).toBe(JSON.stringify(filled));
  for (const restored of [
    PaperExchange.restore(config, null, journal),
    PaperExchange.restore(config, exchange.snapshot(), []),
  ]) {
    expect(JSON.stringify(restored.snapshot().fills)).toBe(JSON.stringify(filled));
    expect(restored.fills(0)).toEqual(exchange.fills(0));
  }
});

it("[PX2] orders are asked for by the instant of their last change", () => {
  const { exchange } = trade(paperConfig());
  const all = exchange.orders();
  for (const since of [0, T, T + 1, T + 2_000, T + 3_000, T + 4_000, T + 4_001, Number.NaN]) {
    expect(exchange.orders(since)).toEqual(all.filter(({ updatedAt }) => updatedAt >= since));
  }
});

it("[PX2] fills are asked for by the instant from which on", () => {
  const { exchange } = trade(paperConfig());
  const all = exchange.fills(0);
  const last = all.at(-1)?.filledAt ?? 0;
  expect(all.map(({ filledAt }) => filledAt).toSorted((a, b) => a - b)).toEqual(all.map(({ filledAt }) => filledAt));
  expect(exchange.fills(last)).toEqual(all.filter(({ filledAt }) => filledAt >= last));
  expect(exchange.fills(last + 1)).toEqual([]);
});
