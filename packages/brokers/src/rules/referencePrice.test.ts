import { describe, expect, it } from "vitest";
import { parseFixed as fixed } from "../domain/decimal.ts";
import { marketData, parsedOrder } from "../testing/builders.ts";
import { farSide, referencePrice } from "./referencePrice.ts";

describe("the price that an order is reckoned with", () => {
  it.each([Number.MIN_VALUE, 1e-7, 4.99e-7, 0, -1, Number.NaN, Number.POSITIVE_INFINITY, 1e12])(
    "[RK4] a quote of %s is none",
    (price) => {
      const quote = marketData("AAPL", { bid: price, ask: price, last: null });
      expect([farSide("buy", quote), farSide("sell", quote)]).toEqual([null, null]);
      expect(referencePrice(parsedOrder(), quote)).toBeNull();
      expect(referencePrice(parsedOrder({ side: "sell", type: "limit", price: fixed("5") }), quote)).toBe(fixed("5"));
    },
  );

  it("[RK4] where the side is empty, or too small to be told, the last trade counts", () => {
    const quote = marketData("AAPL", { ask: 1e-7, last: 99 });
    expect(farSide("buy", quote)).toBe(fixed("99"));
    expect(farSide("buy", { ...quote, ask: 1e-6 })).toBe(fixed("0.000001"));
  });

  it("[RK4] a buy stop below the market is reckoned at the market that it would pay, not at its stop", () => {
    const quote = marketData("SPY", { bid: 615, ask: 615.1, last: 615 });
    const stop = (stopPrice: string) =>
      parsedOrder({ symbol: "SPY", type: "stop", price: null, stopPrice: fixed(stopPrice) });
    expect(referencePrice(stop("1"), quote)).toBe(fixed("615.1"));
    expect(referencePrice(stop("620"), quote)).toBe(fixed("620"));
    expect(referencePrice(stop("1"), null)).toBeNull();
  });
});
