import { describe, expect, it } from "vitest";
import { money, parseFixed as fixed, quantity } from "../domain/decimal.ts";
import { marketData, parsedOrder } from "../testing/builders.ts";
import { evaluateRisk } from "./evaluateRisk.ts";
import type { ParsedOrder } from "./ParsedOrder.ts";
import { DEFAULT_RISK_LIMITS, type SymbolLimits } from "./RiskLimits.ts";
import type { RiskInput } from "./RiskInput.ts";

const NOW = 1_000_000;
const NONE: SymbolLimits = { isBlocked: false, maxOrderValue: null, maxOrderQuantity: null, maxPositionFraction: null };

function input(
  own: Partial<SymbolLimits>,
  order: Partial<ParsedOrder> = {},
  change: Partial<RiskInput> = {},
): RiskInput {
  return {
    order: parsedOrder({ type: "limit", price: fixed(100), ...order }),
    limits: DEFAULT_RISK_LIMITS,
    symbols: new Map([["AAPL", { ...NONE, ...own }]]),
    tradingState: "ACTIVE",
    now: NOW,
    quote: marketData("AAPL", { receivedAt: NOW - 1_000 }),
    positions: [],
    openOrders: [],
    recentOrders: [],
    equity: fixed(100_000),
    startOfDayEquity: fixed(100_000),
    buyingPower: fixed(200_000),
    session: { isOpen: true, nextOpenAt: null },
    ...change,
  };
}
const rulesOf = (risk: RiskInput): readonly string[] => evaluateRisk(risk).map(({ rule }) => rule);
const held = [{ symbol: "AAPL", quantity: fixed(10), price: fixed(100) }];

describe("a symbol's own limits", () => {
  it.each([
    ["maxOrderQuantity", quantity("9"), "symbol_order_quantity", { quantity: "10", limit: "9" }],
    ["maxOrderValue", money("999.99"), "symbol_order_value", { value: "1000.00", limit: "999.99", price: "100" }],
    [
      "maxPositionFraction",
      0.009,
      "symbol_position_limit",
      { value: "1000.00", limit: "900.00", equity: "100000.00", fraction: "0.009" },
    ],
  ] as const)(
    "[RK17] %s refuses what is over it, with its numbers, and takes what meets it",
    (field, own, rule, params) => {
      expect(evaluateRisk(input({ [field]: own }))).toMatchObject([{ rule, params, field: "quantity" }]);
      const met = { maxOrderQuantity: quantity("10"), maxOrderValue: money("1000"), maxPositionFraction: 0.01 };
      expect(rulesOf(input({ [field]: met[field] }))).toEqual([]);
    },
  );

  it("[RK17] beside the account's: both speak, so that a looser one of the symbol frees nothing", () => {
    const loose = { maxOrderQuantity: quantity("1000"), maxPositionFraction: 1 };
    expect(rulesOf(input(loose, { quantity: fixed(101) }))).toEqual(["position_limit"]);
    const strict = { maxOrderQuantity: quantity("100"), maxPositionFraction: 0.05 };
    expect(rulesOf(input(strict, { quantity: fixed(101) }))).toEqual([
      "position_limit",
      "symbol_order_quantity",
      "symbol_position_limit",
    ]);
  });

  it("[RK17] they hold for that symbol alone", () => {
    const strict = { isBlocked: true, maxOrderQuantity: quantity("1") };
    expect(rulesOf(input(strict, { symbol: "MSFT" }, { quote: marketData("MSFT", { receivedAt: NOW }) }))).toEqual([]);
    expect(rulesOf(input(strict))).toEqual(["symbol_blocked", "symbol_order_quantity"]);
  });

  it("[RK18] a blocked symbol lets only orders pass that make its position smaller", () => {
    const sell = { side: "sell", quantity: fixed(10) } as const;
    expect(rulesOf(input({ isBlocked: true }, sell, { positions: held }))).toEqual([]);
    expect(
      evaluateRisk(input({ isBlocked: true }, { ...sell, quantity: fixed(11) }, { positions: held })),
    ).toMatchObject([{ rule: "symbol_blocked", params: { symbol: "AAPL" } }]);
  });

  it("[RK18] a reducing order passes the symbol's position limit, and not its limits on one order", () => {
    const own = { maxPositionFraction: 0.001, maxOrderQuantity: quantity("5") };
    expect(rulesOf(input(own, { side: "sell" }, { positions: held }))).toEqual(["symbol_order_quantity"]);
  });
});

describe("an order of unknown outcome", () => {
  const unknown = (change: Partial<RiskInput["openOrders"][number]> = {}) => ({
    openOrders: [
      { symbol: "AAPL", side: "buy", remaining: fixed(7), price: fixed(100), isUnknown: true, ...change } as const,
    ],
  });

  it("[RK19] holds back the same side of its symbol until a person confirms that it is meant", () => {
    expect(evaluateRisk(input({}, {}, unknown()))).toMatchObject([
      { rule: "unknown_outcome", params: { count: 1, shares: "7", symbol: "AAPL", side: "buy" } },
    ]);
    expect(rulesOf(input({}, {}, { ...unknown(), acknowledgesUnknown: true }))).toEqual([]);
  });

  it.each([
    ["the other side", { side: "sell" }],
    ["another symbol", { symbol: "MSFT" }],
    ["a known one", { isUnknown: false }],
  ] as const)("[RK19] %s is not held back", (_what, change) => {
    expect(rulesOf(input({}, {}, unknown(change)))).toEqual([]);
  });

  it("[RK6] [RK19] confirmed or not, its worst case counts", () => {
    const risk = input({}, {}, { ...unknown({ remaining: fixed(95) }), acknowledgesUnknown: true });
    expect(evaluateRisk(risk)).toMatchObject([{ rule: "position_limit", params: { value: "10500.00" } }]);
  });
});
