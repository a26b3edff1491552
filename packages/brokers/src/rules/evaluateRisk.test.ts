import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { abs, money, parseFixed as fixed, quantity } from "../domain/decimal.ts";
import { clientOrderId } from "../domain/ids.ts";
import { marketData, parsedOrder } from "../testing/builders.ts";
import { evaluateRisk } from "./evaluateRisk.ts";
import { exposureBySymbol, openingQuantity, worstCaseQuantity } from "./exposure.ts";
import type { ParsedOrder } from "./ParsedOrder.ts";
import { DEFAULT_RISK_LIMITS } from "./RiskLimits.ts";
import type { RiskInput } from "./RiskInput.ts";

const NOW = 1_000_000;

/** An account of 100,000 in cash, a fresh quote of 100.00 to 100.02, and the default limits. */
function input(order: Partial<ParsedOrder> = {}, change: Partial<RiskInput> = {}): RiskInput {
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
const limit = (price: number | string, change: Partial<ParsedOrder> = {}): Partial<ParsedOrder> => ({
  type: "limit",
  price: fixed(price),
  ...change,
});

describe("the rules before the wire", () => {
  it("[RK6] an ordinary order passes every rule", () => {
    expect(evaluateRisk(input())).toEqual([]);
  });

  it.each([
    ["buy", "110.022", []],
    ["buy", "110.03", ["price_collar"]],
    ["buy", "1", []],
    ["sell", "90", []],
    ["sell", "89.99", ["price_collar"]],
    ["sell", "400", []],
  ] as const)("[RK3] a %s limit at %s: %j", (side, price, expected) => {
    expect(rulesOf(input(limit(price, { side })))).toEqual(expected);
  });

  it("[RK3] a stop-limit may not reach further through its own stop", () => {
    const order = { type: "stop_limit", stopPrice: fixed(120), price: fixed(140) } as const;
    expect(rulesOf(input(order))).toEqual(["price_collar"]);
    expect(rulesOf(input({ ...order, price: fixed(130) }))).toEqual([]);
  });

  it("[RK3] without a fresh quote there is nothing to hold a limit to", () => {
    expect(rulesOf(input(limit(500, { quantity: fixed(1) }), { quote: null }))).toEqual([]);
  });

  it.each([
    ["no quote", null],
    ["a quote without an ask", marketData("AAPL", { ask: null, receivedAt: NOW })],
    ["a quote of 15.001 s ago", marketData("AAPL", { receivedAt: NOW - 15_001 })],
  ])("[RK4] no market buy with %s", (_what, quote) => {
    const [issue] = evaluateRisk(input({}, { quote }));
    expect(issue).toMatchObject({ rule: "fresh_quote", code: "NO_MARKET_DATA" });
  });

  it("[RK4] a quote of 15 s ago is fresh", () => {
    expect(evaluateRisk(input({}, { quote: marketData("AAPL", { receivedAt: NOW - 15_000 }) }))).toEqual([]);
  });

  it("[RK4] a market order in a halt waits for its end, sized by a price of any age", () => {
    const halt = { status: "halted", since: NOW - 600_000, reason: "news" } as const;
    const quote = marketData("AAPL", { receivedAt: NOW - 600_000, bid: null, ask: null, last: 100, halt });
    expect(rulesOf(input({}, { quote }))).toEqual([]);
    expect(rulesOf(input({}, { quote: { ...quote, last: null } }))).toEqual(["fresh_quote"]);
  });

  it("[RK5] value and quantity have limits, and say by how much they are passed", () => {
    const limits = { ...DEFAULT_RISK_LIMITS, maxPositionFraction: 1 };
    const [value] = evaluateRisk(input({ quantity: fixed(1_000) }, { limits }));
    expect(value).toMatchObject({
      rule: "order_value",
      params: { value: "100020.00", limit: "100000.00", price: "100.02" },
    });
    expect(rulesOf(input(limit("0.01", { quantity: fixed(100_001) }), { limits }))).toContain("order_quantity");
    expect(rulesOf(input(limit("0.01", { quantity: fixed(100_000) }), { limits }))).toEqual([]);
  });

  it("[RK6] the position limit is a tenth of equity, met exactly", () => {
    expect(rulesOf(input(limit(100, { quantity: fixed(100) })))).toEqual([]);
    const [issue] = evaluateRisk(input(limit(100, { quantity: fixed(101) })));
    expect(issue).toMatchObject({
      code: "POSITION_SIZE_EXCEEDED",
      params: { value: "10100.00", limit: "10000.00", equity: "100000.00", fraction: "0.1" },
      message:
        "Position size exceeds limit: AAPL could reach 10,100.00 with all open orders, at most 10,000.00 (10 % of equity)",
    });
  });

  it("[RK6] what is held, what is open and what is unknown all count", () => {
    const positions = [{ symbol: "AAPL", quantity: fixed(50), price: fixed(100) }];
    const openOrders = [{ symbol: "AAPL", side: "buy", remaining: fixed(40), price: fixed(99) } as const];
    expect(rulesOf(input(limit(100, { quantity: fixed(10) }), { positions, openOrders }))).toEqual([]);
    expect(rulesOf(input(limit(100, { quantity: fixed(11) }), { positions, openOrders }))).toEqual(["position_limit"]);
    const others = [{ symbol: "MSFT", side: "buy", remaining: fixed(400), price: fixed(99) } as const];
    expect(rulesOf(input(limit(100, { quantity: fixed(100) }), { openOrders: others }))).toEqual([]);
  });

  it("[RK6] a sale below the bid counts at the bid, so that a short cannot be made to look small", () => {
    expect(rulesOf(input(limit(91, { side: "sell", quantity: fixed(105) })))).toEqual(["position_limit"]);
  });

  it("[RK7] all positions together stay within their limit", () => {
    const positions = ["MSFT", "TSLA"].map((symbol) => ({ symbol, quantity: fixed(-995), price: fixed(100) }));
    expect(rulesOf(input({ quantity: fixed(9) }, { positions }))).toEqual([]);
    expect(rulesOf(input({ quantity: fixed(11) }, { positions }))).toEqual(["exposure_limit"]);
  });

  it("[RK7] protecting stops do not count twice", () => {
    const positions = ["MSFT", "TSLA"].map((symbol) => ({ symbol, quantity: fixed(990), price: fixed(100) }));
    const openOrders = positions.map(({ symbol, quantity }) => ({
      symbol,
      side: "sell" as const,
      remaining: quantity,
      price: fixed(90),
    }));
    expect(rulesOf(input({ quantity: fixed(9) }, { positions, openOrders }))).toEqual([]);
  });

  it("[RK8] from the daily loss on only reducing orders go", () => {
    const lost = { equity: fixed(98_000) };
    expect(evaluateRisk(input({}, lost))).toMatchObject([
      { rule: "daily_loss", code: "DAILY_LOSS_LIMIT", params: { loss: "2000.00", limit: "2000.00", fraction: "0.02" } },
    ]);
    expect(rulesOf(input({}, { equity: fixed("98000.01") }))).toEqual([]);
    const positions = [{ symbol: "AAPL", quantity: fixed(10), price: fixed(100) }];
    expect(rulesOf(input({ side: "sell" }, { ...lost, positions }))).toEqual([]);
    expect(rulesOf(input({ side: "sell", quantity: fixed(11) }, { ...lost, positions }))).toEqual(["daily_loss"]);
  });

  it("[RK9] the opening part fits the buying power, and the refusal says how many shares would", () => {
    expect(evaluateRisk(input({}, { buyingPower: fixed("1000.19") }))).toMatchObject([
      {
        rule: "buying_power",
        code: "INSUFFICIENT_FUNDS",
        params: { required: "1000.20", available: "1000.19" },
        message: expect.stringContaining("9 shares"),
      },
    ]);
    expect(rulesOf(input({}, { buyingPower: fixed("1000.2") }))).toEqual([]);
    expect(rulesOf(input({}, { buyingPower: fixed(-5) }))).toEqual(["buying_power"]);
    const positions = [{ symbol: "AAPL", quantity: fixed(-10), price: fixed(100) }];
    expect(rulesOf(input({}, { positions, buyingPower: 0n }))).toEqual([]);
  });

  const recent = (at: number, change: Partial<ParsedOrder> = {}) => ({
    ...parsedOrder({ clientOrderId: clientOrderId(`recent-${at}`), ...change }),
    at,
  });

  it("[RK10] at most 60 orders in any minute", () => {
    const sixty = Array.from({ length: 60 }, (_, index) => recent(NOW - 59_999 + index, { symbol: "MSFT" }));
    expect(evaluateRisk(input({}, { recentOrders: sixty }))).toMatchObject([
      { rule: "order_rate", code: "RATE_LIMIT_EXCEEDED", params: { count: 60, limit: 60, retryAfterMs: 1 } },
    ]);
    expect(rulesOf(input({}, { recentOrders: sixty.slice(1) }))).toEqual([]);
    expect(rulesOf(input({}, { recentOrders: [...sixty.slice(1), recent(NOW - 60_000)] }))).toEqual([]);
  });

  it("[RK11] the same order under another id within 5 s is a duplicate", () => {
    expect(evaluateRisk(input({}, { recentOrders: [recent(NOW - 4_999)] }))).toMatchObject([
      { rule: "duplicate_order", code: "DUPLICATE_ORDER", params: { agoMs: 4_999 } },
    ]);
    expect(rulesOf(input({}, { recentOrders: [recent(NOW - 5_000)] }))).toEqual([]);
    expect(rulesOf(input({}, { recentOrders: [recent(NOW - 1, { quantity: fixed(11) })] }))).toEqual([]);
    expect(rulesOf(input({}, { recentOrders: [recent(NOW - 1, { side: "sell" })] }))).toEqual([]);
    expect(
      rulesOf(input({}, { recentOrders: [recent(NOW - 1)], limits: { ...DEFAULT_RISK_LIMITS, duplicateWindowMs: 0 } })),
    ).toEqual([]);
  });

  it("[RK12] halted lets nothing pass, reducing only what reduces", () => {
    const positions = [{ symbol: "AAPL", quantity: fixed(10), price: fixed(100) }];
    expect(rulesOf(input({ side: "sell" }, { positions, tradingState: "HALTED" }))).toEqual(["trading_halted"]);
    expect(rulesOf(input({ side: "sell" }, { positions, tradingState: "REDUCING" }))).toEqual([]);
    expect(rulesOf(input({}, { positions, tradingState: "REDUCING" }))).toEqual(["reducing_only"]);
  });

  it("[RK13] a closed market takes no order that must trade now", () => {
    const session = { isOpen: false, nextOpenAt: Date.UTC(2026, 10, 23, 14, 30) };
    expect(evaluateRisk(input({}, { session }))).toMatchObject([
      { rule: "market_open", code: "MARKET_CLOSED", params: { nextOpenAt: "2026-11-23T14:30:00.000Z" } },
    ]);
    expect(rulesOf(input(limit(100, { timeInForce: "ioc" }), { session }))).toEqual(["market_open"]);
    expect(rulesOf(input(limit(100), { session }))).toEqual([]);
  });

  it("[RK4] [RK13] an order for an auction waits in a closed market, sized by a price of any age", () => {
    const session = { isOpen: false, nextOpenAt: Date.UTC(2026, 10, 23, 14, 30) };
    const old = marketData("AAPL", { receivedAt: NOW - 3_600_000, ask: null, bid: null, last: 100 });
    for (const timeInForce of ["opg", "cls"] as const) {
      expect(rulesOf(input({ timeInForce }, { session, quote: old }))).toEqual([]);
      expect(rulesOf(input(limit(100, { timeInForce }), { session, quote: null }))).toEqual([]);
      expect(rulesOf(input({ timeInForce, quantity: fixed(101) }, { session, quote: old }))).toEqual([
        "position_limit",
      ]);
      expect(evaluateRisk(input({ timeInForce }, { session, quote: null }))).toMatchObject([
        { rule: "fresh_quote", code: "NO_MARKET_DATA", params: { symbol: "AAPL" } },
      ]);
      const positions = [{ symbol: "AAPL", quantity: fixed(10), price: fixed(100) }];
      expect(rulesOf(input({ side: "sell", timeInForce }, { session, quote: null, positions }))).toEqual([]);
    }
  });

  it("[RK14] a reducing order passes limits that its position outgrew; one that turns it around does not", () => {
    const positions = [{ symbol: "AAPL", quantity: fixed(300), price: fixed(100) }];
    expect(rulesOf(input({ side: "sell", quantity: fixed(300) }, { positions, buyingPower: 0n }))).toEqual([]);
    expect(rulesOf(input({ side: "sell", quantity: fixed(301) }, { positions, buyingPower: 0n }))).toEqual([
      "position_limit",
      "buying_power",
    ]);
  });

  describe("while trading is REDUCING", () => {
    const tight = { ...DEFAULT_RISK_LIMITS, maxOrderQuantity: quantity("10"), maxOrderValue: money("100") };
    const own = {
      isBlocked: true,
      maxOrderQuantity: quantity("5"),
      maxOrderValue: money("50"),
      maxPositionFraction: null,
    };
    const over = {
      limits: { ...tight, maxOrdersPerMinute: 1 },
      symbols: new Map([["AAPL", own]]),
      positions: [{ symbol: "AAPL", quantity: fixed(300), price: fixed(100) }],
      pace: { count: 9, oldestAt: NOW - 1_000 },
    } as const;
    const sell = { side: "sell", quantity: fixed(300) } as const;
    const held = ["order_quantity", "order_value", "order_rate", "symbol_order_quantity", "symbol_order_value"];
    const reducing = { ...over, tradingState: "REDUCING" } as const;

    it("[RK14] no limit on one order or on the pace holds a market order back that only reduces", () => {
      expect(rulesOf(input(sell, reducing))).toEqual([]);
      expect(rulesOf(input(sell, over))).toEqual(held);
    });

    it("[RK14] they hold for a limit order, and for a share more than is held", () => {
      expect(rulesOf(input(limit(100, sell), reducing))).toEqual(held);
      expect(rulesOf(input({ ...sell, quantity: fixed(301) }, reducing))).toEqual(expect.arrayContaining(held));
    });

    it("[RK14] and every other rule speaks of it", () => {
      const unknown = {
        symbol: "AAPL",
        side: "sell",
        remaining: fixed(1),
        price: fixed(100),
        isUnknown: true,
      } as const;
      const twin = {
        ...parsedOrder({ ...sell, quantity: fixed(200), clientOrderId: clientOrderId("tdM-twin") }),
        at: NOW,
      };
      const order = { ...sell, quantity: fixed(200) };
      const rest = {
        quote: marketData("AAPL", { receivedAt: NOW - 60_000 }),
        session: { isOpen: false, nextOpenAt: null },
        openOrders: [unknown],
        recentOrders: [twin],
      };
      expect(rulesOf(input(order, { ...reducing, ...rest }))).toEqual([
        "market_open",
        "fresh_quote",
        "unknown_outcome",
        "duplicate_order",
      ]);
    });
  });

  it("[RK14] two closing orders of one position: the second opens", () => {
    const positions = [{ symbol: "AAPL", quantity: fixed(10), price: fixed(100) }];
    const openOrders = [{ symbol: "AAPL", side: "sell", remaining: fixed(10), price: fixed(110) } as const];
    expect(rulesOf(input({ side: "sell" }, { positions, openOrders, tradingState: "REDUCING" }))).toEqual([
      "reducing_only",
    ]);
  });

  it("[RK6] every broken rule speaks, none hides another", () => {
    const everything = input(
      { quantity: fixed(200_000) },
      {
        equity: fixed(1_000),
        buyingPower: 0n,
        tradingState: "HALTED",
        session: { isOpen: false, nextOpenAt: null },
        quote: marketData("AAPL"),
      },
    );
    expect(rulesOf(everything)).toEqual([
      "trading_halted",
      "market_open",
      "fresh_quote",
      "order_quantity",
      "order_value",
      "position_limit",
      "exposure_limit",
      "daily_loss",
      "buying_power",
    ]);
  });

  const shares = fc.bigInt({ min: 0n, max: 1_000n }).map((count) => count * 1_000_000_000n);

  it("[RK14] a reducing order never makes the worst case worse, whatever is held and open", () => {
    const side = fc.constantFrom("buy", "sell");
    fc.assert(
      fc.property(
        shares,
        fc.boolean(),
        fc.array(fc.tuple(side, shares), { maxLength: 5 }),
        side,
        shares,
        (held, isShort, open, orderSide, quantity) => {
          const positions = [{ symbol: "AAPL", quantity: isShort ? -held : held, price: fixed(100) }];
          const openOrders = open.map(([openSide, remaining]) => ({
            symbol: "AAPL",
            side: openSide,
            remaining,
            price: fixed(100),
          }));
          const order = parsedOrder({ side: orderSide, quantity: quantity + 1_000_000_000n });
          const before = exposureBySymbol(positions, openOrders).get("AAPL");
          const after = exposureBySymbol(positions, [
            ...openOrders,
            { symbol: "AAPL", side: order.side, remaining: order.quantity, price: null },
          ]).get("AAPL");
          const opening = openingQuantity(before, order);
          expect(opening >= 0n && opening <= order.quantity).toBe(true);
          fc.pre(opening === 0n && before !== undefined && after !== undefined);
          // Filling it alone, after everything on its side, cannot turn the position around.
          const rest = order.side === "buy" ? after.held + after.buying : after.held - after.selling;
          expect(abs(rest)).toBeLessThanOrEqual(abs(before.held));
          expect(worstCaseQuantity(after)).toBe(worstCaseQuantity(before));
        },
      ),
    );
  });
});
