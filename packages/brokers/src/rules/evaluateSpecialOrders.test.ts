import { describe, expect, it } from "vitest";
import { parseFixed as fixed } from "../domain/decimal.ts";
import { clientOrderId } from "../domain/ids.ts";
import { marketData, parsedOrder } from "../testing/builders.ts";
import { evaluateRisk } from "./evaluateRisk.ts";
import type { ParsedOrder } from "./ParsedOrder.ts";
import { DEFAULT_RISK_LIMITS } from "./RiskLimits.ts";
import type { RiskInput } from "./RiskInput.ts";

const NOW = 1_000_000;

/** An account of 100,000 in cash, and a fresh quote of 100.00 to 100.02. */
function input(order: Partial<ParsedOrder>, change: Partial<RiskInput> = {}): RiskInput {
  return {
    order: parsedOrder(order),
    limits: DEFAULT_RISK_LIMITS,
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

describe("the rules before the wire, for orders of every kind", () => {
  it("[RK16] an amount of money is judged by the shares that it makes", () => {
    const dollars = (notional: number): Partial<ParsedOrder> => ({ quantity: 0n, notional: fixed(notional) });
    expect(rulesOf(input(dollars(10_000)))).toEqual([]);
    const [issue] = evaluateRisk(input(dollars(10_001)));
    expect(issue).toMatchObject({ rule: "position_limit", params: { value: "10001.00", limit: "10000.00" } });
    expect(rulesOf(input(dollars(10_000), { quote: null }))).toEqual(["fresh_quote"]);
  });

  it("[RK16] the same dollars again are a duplicate, other dollars are not", () => {
    const order = { quantity: 0n, notional: fixed(500) };
    const before = { ...parsedOrder({ ...order, clientOrderId: clientOrderId("before") }), at: NOW - 100 };
    const rules = (recent: RiskInput["recentOrders"][number]): readonly string[] =>
      rulesOf(input(order, { recentOrders: [recent] }));
    expect(rules(before)).toEqual(["duplicate_order"]);
    expect(rules({ ...before, notional: fixed(501) })).toEqual([]);
  });

  it("[RK11] a trailing stop with another distance is no duplicate", () => {
    const trail = { by: "amount", value: fixed(1) } as const;
    const order = { side: "sell", type: "stop", trail } as const;
    const before = { ...parsedOrder({ ...order, clientOrderId: clientOrderId("before") }), at: NOW - 100 };
    const rules = (recent: RiskInput["recentOrders"][number]): readonly string[] =>
      rulesOf(input(order, { recentOrders: [recent] }));
    expect(rules(before)).toEqual(["duplicate_order"]);
    expect(rules({ ...before, trail: { by: "amount", value: fixed(2) } })).toEqual([]);
    expect(rules({ ...before, trail: { by: "percent", value: fixed(1) } })).toEqual([]);
  });

  it("[RK15] a linked order is judged by its entry, and an exit that closes a position reduces it", () => {
    const linked = {
      orderClass: "bracket",
      takeProfit: { price: fixed(110) },
      stopLoss: { stopPrice: fixed(90) },
    } as const;
    expect(rulesOf(input({ quantity: fixed(90), linked }))).toEqual([]);
    expect(rulesOf(input({ quantity: fixed(101), linked }))).toEqual(["position_limit"]);
    const pair = { orderClass: "oco", takeProfit: null, stopLoss: { stopPrice: fixed(90) } } as const;
    const position = { symbol: "AAPL", quantity: fixed(100), price: fixed(100) };
    const oco = { side: "sell", type: "limit", price: fixed(110), quantity: fixed(100), linked: pair } as const;
    expect(rulesOf(input(oco, { positions: [position], tradingState: "REDUCING" }))).toEqual([]);
    expect(rulesOf(input(oco, { tradingState: "REDUCING" }))).toContain("reducing_only");
  });
});
