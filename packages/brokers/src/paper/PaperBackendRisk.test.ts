import { describe, expect, it } from "vitest";
import { DEFAULT_RISK_LIMITS } from "../rules/RiskLimits.ts";
import { instrument, limitOrder, marketOrder } from "../testing/builders.ts";
import { failureOf } from "../testing/contract/calls.ts";
import { paperDesk } from "../testing/paperDesk.ts";
import { DEFAULT_RISK_POLICY } from "./PaperConfig.ts";

describe("the rules before the paper exchange", () => {
  it("[BC18] a repeated id is DUPLICATE_ORDER even where the order breaks other rules, and leaves no trace", async () => {
    await using desk = paperDesk();
    await desk.client.connect();
    await desk.client.placeOrder(limitOrder("AAPL", "buy", 1, 90, "once"));
    const before = await desk.store.load();
    expect(await failureOf(desk.client.placeOrder(marketOrder("AAPL", "buy", 90_000, "once")))).toMatchObject({
      code: "DUPLICATE_ORDER",
    });
    expect(await desk.store.load()).toEqual(before);
  });

  it("[RK4] a market order against a stale quote is refused", async () => {
    await using desk = paperDesk();
    await desk.client.connect();
    await desk.clock.advance(20_000);
    expect(await failureOf(desk.client.placeOrder(marketOrder("AAPL", "buy", 1)))).toMatchObject({
      code: "NO_MARKET_DATA",
      details: { rule: "fresh_quote", ageMs: 20_000 },
    });
  });

  it("[RK13] in a closed market a market order is told when it opens, and a limit rests", async () => {
    await using desk = paperDesk({}, { alwaysOpen: false });
    desk.clock.setWallTime(Date.UTC(2026, 10, 21, 15, 0));
    desk.feed.quote("AAPL", 100, 100.02);
    await desk.client.connect();
    expect(await failureOf(desk.client.placeOrder(marketOrder("AAPL", "buy", 1)))).toMatchObject({
      code: "MARKET_CLOSED",
      details: { nextOpenAt: "2026-11-23T14:30:00.000Z" },
    });
    expect(await desk.client.placeOrder(limitOrder("AAPL", "buy", 1, 101))).toMatchObject({ status: "submitted" });
  });

  it("[BC44] what was bought in a market that quotes one side only counts in the risk figures", async () => {
    await using desk = paperDesk();
    desk.feed.quote("TSLA", null, 300);
    await desk.client.connect();
    await desk.client.placeOrder(limitOrder("TSLA", "buy", 10, 300));
    expect(await desk.client.getPositions()).toMatchObject([{ symbol: "TSLA", marketValue: "3000" }]);
    expect(await desk.client.getRiskMetrics()).toMatchObject({
      grossExposure: "3000",
      largestPosition: { symbol: "TSLA", fraction: 0.03 },
    });
  });

  it("[RK12] the policy is asked anew for each order", async () => {
    let tradingState: "ACTIVE" | "HALTED" = "ACTIVE";
    await using desk = paperDesk({ riskPolicy: () => ({ limits: DEFAULT_RISK_LIMITS, tradingState }) });
    await desk.client.connect();
    const { orderId } = await desk.client.placeOrder(limitOrder("AAPL", "buy", 1, 90));
    tradingState = "HALTED";
    expect(await failureOf(desk.client.placeOrder(limitOrder("AAPL", "buy", 1, 91)))).toMatchObject({
      code: "RISK_LIMIT_EXCEEDED",
      details: { rule: "trading_halted" },
    });
    expect(await desk.client.cancelOrder(orderId)).toBe(true);
  });

  it("[PB6] an amendment meets the rules that a new order would; taking shares away always passes", async () => {
    let policy = DEFAULT_RISK_POLICY;
    await using desk = paperDesk({ riskPolicy: () => policy });
    await desk.client.connect();
    const { orderId } = await desk.client.placeOrder(limitOrder("AAPL", "buy", 100, 99));
    expect(await failureOf(desk.client.modifyOrder(orderId, { quantity: 500 }))).toMatchObject({
      code: "POSITION_SIZE_EXCEEDED",
    });
    expect(await failureOf(desk.client.modifyOrder(orderId, { price: 112 }))).toMatchObject({
      details: { rule: "price_collar" },
    });
    expect(await failureOf(desk.client.modifyOrder(orderId, { timeInForce: "opg" }))).toMatchObject({
      code: "NOT_SUPPORTED",
    });
    expect(await desk.client.getOpenOrders()).toMatchObject([{ quantity: "100", price: "99", timeInForce: "day" }]);
    expect(await desk.client.modifyOrder(orderId, { quantity: 101, price: "98.9" })).toBe(true);
    policy = { ...policy, tradingState: "HALTED" };
    expect(await failureOf(desk.client.modifyOrder(orderId, { price: 98 }))).toMatchObject({
      details: { rule: "trading_halted" },
    });
    expect(await desk.client.modifyOrder(orderId, { quantity: 50 })).toBe(true);
  });

  it("[RK11] a double click under a new id is refused within 5 s, and taken after", async () => {
    await using desk = paperDesk();
    await desk.client.connect();
    await desk.client.placeOrder(limitOrder("AAPL", "buy", 1, 90, "click-1"));
    await desk.clock.advance(4_999);
    expect(await failureOf(desk.client.placeOrder(limitOrder("AAPL", "buy", 1, 90, "click-2")))).toMatchObject({
      code: "DUPLICATE_ORDER",
      details: { clientOrderId: "click-1" },
    });
    await desk.clock.advance(1);
    await desk.client.placeOrder(limitOrder("AAPL", "buy", 1, 90, "click-2"));
    expect(await desk.client.getOpenOrders()).toHaveLength(2);
  });

  it("[RK11] an order that the exchange refused is not a twin of the next try", async () => {
    const instruments = [
      instrument("AAPL", "Apple Inc.", { shortable: false }),
      instrument("MSFT", "Microsoft Corporation"),
    ];
    await using desk = paperDesk({}, { instruments });
    await desk.client.connect();
    for (const id of ["try-1", "try-2"]) {
      expect(await failureOf(desk.client.placeOrder(marketOrder("AAPL", "sell", 1, id)))).toMatchObject({
        code: "ORDER_REJECTED",
      });
    }
    expect(await desk.client.getOrderByClientOrderId("try-1")).toMatchObject({ status: "rejected" });
  });
});
