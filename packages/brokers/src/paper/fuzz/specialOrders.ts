import fc from "fast-check";
import { parseFixed } from "../../domain/decimal.ts";
import type { ParsedOrder } from "../../rules/ParsedOrder.ts";
import { order, TEN_O_CLOCK } from "../scenarios/fixture.ts";

type Terms = Omit<ParsedOrder, "clientOrderId">;

const DAY = 86_400_000;
const symbol = fc.constantFrom("SPY", "SPY", "IBM", "FRAC");
const inParts = fc.constantFrom("PART", "PART", "FRAC", "SPY");
const side = fc.constantFrom("buy" as const, "sell" as const);
const cents = (from: number, to: number): fc.Arbitrary<bigint> =>
  fc.integer({ min: from, max: to }).map((value) => parseFixed((value / 100).toFixed(2)));
const price = cents(9_850, 10_150);
const shares = fc.integer({ min: 1, max: 300 });

const terms = (parts: Partial<Terms>): Terms => {
  const { clientOrderId: _id, ...rest } = order({ id: "x" });
  return { ...rest, ...parts };
};

const trailing = fc
  .record({
    symbol,
    side,
    shares,
    timeInForce: fc.constantFrom("day" as const, "gtc" as const),
    trail: fc.oneof(
      fc.record({ by: fc.constant("amount" as const), value: cents(1, 200) }),
      fc.record({ by: fc.constant("percent" as const), value: cents(1, 300) }),
    ),
  })
  .map(({ shares: count, ...rest }) => terms({ ...rest, type: "stop", quantity: parseFixed(count) }));

const forAuction = fc
  .record({
    symbol,
    side,
    shares,
    price: fc.option(price),
    timeInForce: fc.constantFrom("opg" as const, "cls" as const),
  })
  .map(({ shares: count, ...rest }) =>
    terms({ ...rest, type: rest.price === null ? "market" : "limit", quantity: parseFixed(count) }),
  );

const dated = fc
  .record({ symbol, side, shares, price, after: fc.constantFrom(-1, 3_600_000, DAY, 2 * DAY) })
  .map(({ shares: count, after, ...rest }) =>
    terms({ ...rest, type: "limit", timeInForce: "gtc", quantity: parseFixed(count), expiresAt: TEN_O_CLOCK + after }),
  );

const inFractions = fc
  .record({ symbol: inParts, side, billionths: fc.integer({ min: 1, max: 5_000_000 }), price: fc.option(price) })
  .map(({ billionths, ...rest }) =>
    terms({ ...rest, type: rest.price === null ? "market" : "limit", quantity: BigInt(billionths) * 1_013n }),
  );

const notional = fc
  .record({ symbol: inParts, side, dollars: cents(50, 500_000) })
  .map(({ dollars, ...rest }) => terms({ ...rest, type: "market", quantity: 0n, notional: dollars }));

const linked = fc
  .record({
    symbol,
    side,
    shares,
    entry: fc.option(price),
    profit: cents(1, 150),
    loss: cents(1, 150),
    lossLimit: fc.boolean(),
    timeInForce: fc.constantFrom("day" as const, "gtc" as const),
    orderClass: fc.constantFrom("bracket" as const, "oco" as const, "oto" as const),
    isProfitOnly: fc.boolean(),
  })
  .map((draw): Terms => {
    const { orderClass, entry, profit, loss, isProfitOnly, timeInForce } = draw;
    const base = entry ?? parseFixed(100);
    const isExit = orderClass === "oco";
    // An exit sells what an entry bought: its prices lie on the other sides.
    const up = (draw.side === "buy") === !isExit ? 1n : -1n;
    const stopPrice = base - up * loss;
    const stopLoss = { stopPrice, ...(draw.lossLimit ? { price: stopPrice - up * loss } : {}) };
    const takeProfit = { price: base + up * profit };
    const isOto = orderClass === "oto";
    return terms({
      symbol: draw.symbol,
      side: draw.side,
      timeInForce,
      quantity: parseFixed(draw.shares),
      type: entry === null && !isExit ? "market" : "limit",
      price: isExit ? takeProfit.price : entry,
      linked: {
        orderClass,
        takeProfit: isExit || (isOto && !isProfitOnly) ? null : takeProfit,
        stopLoss: isOto && isProfitOnly ? null : stopLoss,
      },
    });
  });

/** Orders beyond market, limit and stop; many of them in ways that cannot be. */
export const anySpecialOrder: fc.Arbitrary<Terms> = fc.oneof(
  { weight: 3, arbitrary: trailing },
  { weight: 2, arbitrary: forAuction },
  { weight: 1, arbitrary: dated },
  { weight: 2, arbitrary: inFractions },
  { weight: 1, arbitrary: notional },
  { weight: 6, arbitrary: linked },
);
