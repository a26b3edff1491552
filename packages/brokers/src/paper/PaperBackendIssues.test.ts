import { describe, expect, it } from "vitest";
import type { OrderRequest } from "../domain/order.ts";
import { limitOrder, marketOrder } from "../testing/builders.ts";
import { paperDesk } from "../testing/paperDesk.ts";

const BUY = marketOrder("AAPL", "buy", 10);
const BRACKET = { ...BUY, orderClass: "bracket" } as const;

describe("what the exchange would refuse is said before an order is sent", () => {
  it.each<readonly [string, OrderRequest, string, string, string]>([
    [
      "an end that is past",
      { ...limitOrder("AAPL", "buy", 10, 99), timeInForce: "gtc", expiresAt: 1 },
      "PX83",
      "expiresAt",
      "INVALID_ORDER",
    ],
    [
      "a trail that is longer than the price",
      { symbol: "AAPL", side: "sell", type: "stop", quantity: 1, trail: { by: "amount", value: 200 } },
      "PX81",
      "trail",
      "INVALID_ORDER",
    ],
    [
      "an oco with nothing held",
      { ...limitOrder("AAPL", "sell", 10, 101), orderClass: "oco", stopLoss: { stopPrice: 99 } },
      "PX116",
      "quantity",
      "ORDER_REJECTED",
    ],
    [
      "a profit below the market that the entry meets",
      { ...BRACKET, takeProfit: { price: 99 }, stopLoss: { stopPrice: 98 } },
      "PX110",
      "takeProfit",
      "INVALID_ORDER",
    ],
    [
      "a stop above it",
      { ...BRACKET, takeProfit: { price: 102 }, stopLoss: { stopPrice: 101 } },
      "PX110",
      "stopLoss",
      "INVALID_ORDER",
    ],
    [
      "dollars that make no part of a share",
      { symbol: "AAPL", side: "buy", type: "market", notional: "0.00000001" },
      "PX85",
      "notional",
      "INVALID_ORDER",
    ],
  ])("[PX86] %s", async (_name, request, rule, field, code) => {
    await using desk = paperDesk();
    await desk.client.connect();
    const { isValid, issues, errors } = await desk.client.validateOrder(request);
    expect(issues).toMatchObject([{ rule, field, code }]);
    expect(isValid).toBe(false);
    expect(errors).toEqual(issues.map(({ message }) => message));
    await expect(desk.client.placeOrder(request)).rejects.toMatchObject({ code });
  });

  it("[PX86] what a rule has said is not said again by the exchange", async () => {
    await using desk = paperDesk();
    await desk.client.connect();
    const { issues } = await desk.client.validateOrder({ ...limitOrder("AAPL", "buy", 10, "99.005") });
    expect(issues).toMatchObject([{ rule: "price_tick" }]);
  });

  it("[PX86] an order that may go has no issue, and nothing is left of the question", async () => {
    await using desk = paperDesk();
    await desk.client.connect();
    expect(await desk.client.validateOrder(BUY)).toEqual({ isValid: true, errors: [], issues: [] });
    expect(await desk.client.getOrderHistory(1)).toEqual([]);
    await desk.client.placeOrder(BUY);
    expect((await desk.client.getOrderHistory(1)).map(({ status }) => status)).toEqual(["filled"]);
  });
});
