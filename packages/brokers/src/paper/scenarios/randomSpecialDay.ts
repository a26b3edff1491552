import fc from "fast-check";
import { parseFixed } from "../../domain/decimal.ts";
import type { TimeInForce, Trail } from "../../domain/order.ts";
import type { LinkedExits, ParsedOrder } from "../../rules/ParsedOrder.ts";
import { TRADING_STATUSES } from "../../domain/tradingStatus.ts";
import { order, TEN_O_CLOCK } from "./fixture.ts";
import { anyAct, type Act } from "./randomDay.ts";

type OrderTerms = Omit<ParsedOrder, "clientOrderId">;

const symbol = fc.constantFrom("SPY", "SPY", "SPY", "IBM", "PART", "NASD");
const waitMs = fc.constantFrom(0, 1, 500, 1_000, 60_000);
const side = fc.constantFrom("buy" as const, "sell" as const);
const cents = (from: number, to: number): fc.Arbitrary<bigint> =>
  fc.integer({ min: from, max: to }).map((value) => parseFixed((value / 100).toFixed(2)));
const shares = fc.integer({ min: 1, max: 400 }).map((value) => parseFixed(value));

const terms = (parts: Partial<OrderTerms>): OrderTerms => {
  const { clientOrderId: _id, ...rest } = order({ id: "x" });
  return { ...rest, ...parts };
};

const trail: fc.Arbitrary<Trail<bigint>> = fc.oneof(
  fc.record({ by: fc.constant("amount" as const), value: cents(1, 120) }),
  fc.record({ by: fc.constant("percent" as const), value: cents(10, 200) }),
);

const trailing = fc
  .record({ symbol, side, quantity: shares, trail, timeInForce: fc.constantFrom<TimeInForce>("day", "gtc") })
  .map((parts) => terms({ ...parts, type: "stop" }));

const forAuction = fc
  .record({
    symbol,
    side,
    quantity: shares,
    limit: fc.option(cents(9_850, 10_150)),
    timeInForce: fc.constantFrom<TimeInForce>("opg", "cls"),
  })
  .map(({ limit, ...parts }) => terms({ ...parts, type: limit === null ? "market" : "limit", price: limit }));

const untilThen = fc
  .record({
    symbol,
    side,
    quantity: shares,
    price: cents(9_850, 10_150),
    afterMs: fc.integer({ min: -1, max: 90_000_000 }),
  })
  .map(({ afterMs, ...parts }) =>
    terms({ ...parts, type: "limit", timeInForce: "gtc", expiresAt: TEN_O_CLOCK + afterMs }),
  );

const inParts = fc.oneof(
  fc
    .record({ side, quantity: fc.integer({ min: 1, max: 2_000_000_000 }).map((value) => BigInt(value) * 100n) })
    .map((parts) => terms({ ...parts, symbol: "PART", type: "market" })),
  fc
    .record({ side, notional: cents(1, 500_000) })
    .map((parts) => terms({ ...parts, symbol: "PART", type: "market", quantity: 0n })),
);

/** Exits some cents away from the entry; sometimes on the wrong side of it. */
const linked = fc
  .record({
    symbol,
    side,
    quantity: shares,
    price: fc.option(cents(9_900, 10_100)),
    orderClass: fc.constantFrom("bracket", "bracket", "oco", "oto-profit", "oto-stop"),
    profit: cents(-5, 80),
    stop: cents(-5, 80),
    slip: fc.option(cents(0, 20)),
    timeInForce: fc.constantFrom<TimeInForce>("day", "gtc"),
  })
  .map(({ orderClass: kind, profit, stop, slip, price, ...parts }) => {
    const orderClass = kind === "oto-profit" || kind === "oto-stop" ? "oto" : kind === "oco" ? "oco" : "bracket";
    const base = price ?? parseFixed(100);
    const exitsSell = (orderClass === "oco") === (parts.side === "sell");
    const up = exitsSell ? 1n : -1n;
    const takeProfit = kind === "oco" || kind === "oto-stop" ? null : { price: base + up * profit };
    const stopPrice = base - up * stop;
    const stopLoss =
      kind === "oto-profit" ? null : { stopPrice, ...(slip === null ? {} : { price: stopPrice - up * slip }) };
    const exits: LinkedExits = { orderClass, takeProfit, stopLoss };
    const isLimit = price !== null || orderClass === "oco";
    return terms({ ...parts, type: isLimit ? "limit" : "market", price: isLimit ? base : null, linked: exits });
  });

const anySpecialOrder: fc.Arbitrary<OrderTerms> = fc.oneof(
  { weight: 3, arbitrary: trailing },
  { weight: 2, arbitrary: forAuction },
  { weight: 1, arbitrary: untilThen },
  { weight: 1, arbitrary: inParts },
  { weight: 6, arbitrary: linked },
);

/** Everything that may be done to an exchange, special orders, halts and official prices among it. */
export const anySpecialAct: fc.Arbitrary<Act> = fc.oneof(
  { weight: 12, arbitrary: anyAct },
  { weight: 8, arbitrary: fc.record({ kind: fc.constant("submit" as const), waitMs, order: anySpecialOrder }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("status" as const),
      waitMs,
      symbol,
      status: fc.constantFrom(...TRADING_STATUSES, "resumed" as const),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("advance" as const),
      waitMs: fc.constantFrom(1_000, 3_600_000, 20_000_000, 63_000_000),
    }),
  },
);

/** Official prices may be anything; they are what the exchange says. */
export const anyOfficialAct: fc.Arbitrary<Act> = fc
  .record({
    symbol,
    kind: fc.constantFrom("open" as const, "close" as const),
    price: fc.oneof(
      fc.integer({ min: 9_850, max: 10_150 }).map((value) => value / 100),
      fc.constantFrom(Number.NaN, 0, -1, Number.POSITIVE_INFINITY),
    ),
    size: fc.constantFrom(null, 1, 100, 5_000, 0),
  })
  .map((auction) => ({ kind: "official", waitMs: 0, auction }));

export const anySpecialDay: fc.Arbitrary<readonly Act[]> = fc.array(anySpecialAct, {
  minLength: 1,
  maxLength: 80,
  size: "max",
});
