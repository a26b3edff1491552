import fc from "fast-check";
import { expect, it } from "vitest";
import { abs, money, parseFixed, type Fixed } from "../../domain/decimal.ts";
import { PaperExchange } from "../PaperExchange.ts";
import { order, paperConfig, TEN_O_CLOCK as T, tick } from "../scenarios/fixture.ts";
import type { CorporateAction, Split } from "../../domain/CorporateAction.ts";

const price = fc.integer({ min: 100, max: 50_000 }).map((cents) => cents / 100);
const shares = fc.integer({ min: 1, max: 900 });
const side = fc.constantFrom("buy" as const, "sell" as const);

/** An account with one position, long or short, and a mark of `mark`. */
function holding(side: "buy" | "sell", count: number, mark: number): PaperExchange {
  const exchange = PaperExchange.create(paperConfig({ startingCash: money("10000000") }));
  exchange.onTick(tick({ timestamp: T, bid: mark, ask: mark, bidSize: 1_000, askSize: 1_000 }));
  exchange.submit(T, order({ id: "a", side, quantity: String(count) }));
  return exchange;
}

function figures(exchange: PaperExchange): { readonly equity: Fixed; readonly quantity: Fixed; readonly cost: Fixed } {
  const [position] = exchange.positions();
  const [held] = exchange.snapshot().symbols;
  return {
    equity: parseFixed(exchange.balances(T).equity),
    quantity: parseFixed(position?.quantity ?? "0"),
    cost: parseFixed(held?.cost ?? "0"),
  };
}

const act = (exchange: PaperExchange, action: CorporateAction): void => {
  expect(exchange.onCorporateAction(action)[0]?.type).not.toBe("corporate_action_rejected");
};
const split = (
  newShares: number,
  oldShares: number,
  actionId: string,
  cashInLieuPrice: string | null = null,
): Split => ({
  type: "split",
  actionId,
  symbol: "SPY",
  at: T,
  newShares,
  oldShares,
  cashInLieuPrice,
});

it("[PX231] a split without fractions changes neither cost nor, but for the mark's last decimal, equity, and its reverse undoes it", () => {
  fc.assert(
    fc.property(side, shares, price, fc.integer({ min: 2, max: 100 }), (sideOf, count, mark, factor) => {
      const exchange = holding(sideOf, count, mark);
      const before = figures(exchange);
      act(exchange, split(factor, 1, "A1"));
      const after = figures(exchange);
      expect(after.quantity).toBe(before.quantity * BigInt(factor));
      expect(after.cost).toBe(before.cost);
      expect(abs(after.equity - before.equity)).toBeLessThanOrEqual(BigInt(count * factor));
      act(exchange, split(1, factor, "A2"));
      const back = figures(exchange);
      expect(back.quantity).toBe(before.quantity);
      expect(back.cost).toBe(before.cost);
      expect(exchange.balances(T).cash).toBe(holding(sideOf, count, mark).balances(T).cash);
    }),
  );
});

it("[PX231] what a fraction is paid out for is realised against its part of the cost, and nothing is lost", () => {
  fc.assert(
    fc.property(
      side,
      shares,
      price,
      fc.integer({ min: 1, max: 20 }),
      fc.integer({ min: 2, max: 20 }),
      (sideOf, count, mark, a, b) => {
        fc.pre(a !== b);
        const exchange = holding(sideOf, count, mark);
        const cash = parseFixed(exchange.balances(T).cash);
        const before = figures(exchange);
        act(exchange, split(a, b, "A1", (mark * 1.1).toFixed(2)));
        const after = figures(exchange);
        const { cash: cashAfter, realizedPnl } = exchange.balances(T);
        const paid = parseFixed(cashAfter) - cash;
        expect(abs(after.quantity)).toBe(((BigInt(count) * BigInt(a)) / BigInt(b)) * 1_000_000_000n);
        // The cost that left the holding is what was paid for it, less what was gained by it.
        expect(before.cost - after.cost).toBe(paid - parseFixed(realizedPnl));
      },
    ),
  );
});

it("[PX234] the ex-date of a dividend in whole cents changes no equity, and neither does its payment", () => {
  fc.assert(
    fc.property(side, shares, price, fc.integer({ min: 1, max: 100 }), (sideOf, count, mark, cents) => {
      const exchange = holding(sideOf, count, mark);
      const before = figures(exchange).equity;
      const amountPerShare = (cents / 100).toFixed(2);
      act(exchange, { type: "cash_dividend", actionId: "D1", symbol: "SPY", at: T, amountPerShare, payAt: T + 60_000 });
      expect(figures(exchange).equity).toBe(before);
      const [paid] = exchange.advanceTo(T + 60_000);
      expect(paid?.type).toBe("dividend_paid");
      expect(figures(exchange).equity).toBe(before);
      expect(exchange.balances(T).accruedDividends).toBe("0");
    }),
  );
});

it("[PX236] a dividend that is paid on its ex-date is paid at once", () => {
  const exchange = holding("buy", 100, 50);
  const dividend = {
    type: "cash_dividend",
    actionId: "D1",
    symbol: "SPY",
    at: T,
    amountPerShare: "1",
    payAt: T,
  } as const;
  expect(exchange.onCorporateAction(dividend).map(({ type }) => type)).toEqual(["dividend_accrued", "dividend_paid"]);
});
