/* oxlint-disable vitest/no-standalone-expect -- each case runs inside a test that registerBrokerContractTests makes */
import { expect } from "vitest";
import type { OrderRequest, OrderUpdateEvent, TimeInForce } from "../../domain/order.ts";
import { limitOrder } from "../builders.ts";
import { contractCase, proof, type ContractCase } from "./ContractCase.ts";
import { untilStatus } from "./untilStatus.ts";

/** A limit order to buy AAPL at the ask that the harness begins with. */
function atTheAsk(quantity: number, timeInForce: TimeInForce, clientOrderId: string): OrderRequest {
  return { ...limitOrder("AAPL", "buy", quantity, "100.02", clientOrderId), timeInForce };
}

export const TIME_IN_FORCE_CASES: readonly ContractCase[] = [
  proof(
    ["timesInForce.ioc"],
    contractCase("BC13", "an IOC order takes what is there and cancels the rest", async (harness) => {
      const { client, market } = harness;
      await market.quote("AAPL", 100, 100.02, 50);
      const before = await client.getBalances();
      const { orderId } = await client.placeOrder(atTheAsk(80, "ioc", "ioc-1"));
      await untilStatus(harness, orderId, "canceled");
      expect(await client.getOrderByClientOrderId("ioc-1")).toMatchObject({ quantity: "80", filledQuantity: "50" });
      expect(await client.getPositions()).toMatchObject([{ symbol: "AAPL", quantity: "50" }]);
      expect(await client.getOpenOrders()).toEqual([]);
      expect((await client.getBalances()).reserved).toBe(before.reserved);
      await market.quote("AAPL", 100, 100.02, 50);
      expect(await client.getFills(0)).toHaveLength(1);
    }),
  ),
  contractCase("BC13", "an IOC order that nobody meets ends without a fill", async (harness) => {
    const { orderId } = await harness.client.placeOrder({
      ...limitOrder("AAPL", "buy", 10, 99),
      timeInForce: "ioc",
    });
    await untilStatus(harness, orderId, "canceled");
    expect(await harness.client.getFills(0)).toEqual([]);
  }),
  contractCase("BC13", "an IOC order that is met whole is filled", async (harness) => {
    const { orderId } = await harness.client.placeOrder(atTheAsk(10, "ioc", "ioc-2"));
    await untilStatus(harness, orderId, "filled");
    expect(await harness.client.getFills(0)).toMatchObject([{ orderId, quantity: "10" }]);
  }),
  proof(
    ["timesInForce.fok"],
    contractCase("BC13", "a FOK order fills whole where all of it is there", async (harness) => {
      const { client, market } = harness;
      await market.quote("AAPL", 100, 100.02, 50);
      const { orderId } = await client.placeOrder(atTheAsk(50, "fok", "fok-1"));
      await untilStatus(harness, orderId, "filled");
      expect(await client.getOrderByClientOrderId("fok-1")).toMatchObject({ filledQuantity: "50" });
    }),
  ),
  proof(
    ["timesInForce.fok"],
    contractCase("BC13", "a FOK order that lacks one share fills not at all", async (harness) => {
      const { client, market } = harness;
      await market.quote("AAPL", 100, 100.02, 50);
      const { orderId } = await client.placeOrder(atTheAsk(51, "fok", "fok-2"));
      await untilStatus(harness, orderId, "canceled");
      await market.quote("AAPL", 100, 100.02, 1_000);
      expect(await client.getFills(0)).toEqual([]);
      expect(await client.getPositions()).toEqual([]);
    }),
  ),
  proof(
    ["timesInForce.day"],
    contractCase(
      "BC28",
      "a day order expires with its market day, says so and frees what it held back",
      async (harness) => {
        const { client, market } = harness;
        const events: OrderUpdateEvent[] = [];
        const before = await client.getBalances();
        const { orderId } = await client.placeOrder(limitOrder("AAPL", "buy", 10, 90, "day-1"));
        await client.subscribeToOrderUpdates((event) => events.push(event));
        await market.enter("closed");
        await market.until(() => events.length > 0);
        expect(events).toMatchObject([{ type: "order", order: { orderId, status: "expired", filledQuantity: "0" } }]);
        const expired = await client.getOrderByClientOrderId("day-1");
        expect(expired?.reason ?? "").not.toBe("");
        expect(await client.getOpenOrders()).toEqual([]);
        expect((await client.getBalances()).reserved).toBe(before.reserved);
        await market.enter("regular");
        await market.quote("AAPL", 89, 89.02);
        expect(await client.getFills(0)).toEqual([]);
      },
    ),
  ),
  contractCase("BC28", "a day order that expires keeps what it has filled", async (harness) => {
    const { client, market } = harness;
    await market.quote("AAPL", 100, 100.02, 30);
    const { orderId } = await client.placeOrder(atTheAsk(50, "day", "day-2"));
    await untilStatus(harness, orderId, "partially_filled");
    await market.enter("closed");
    await untilStatus(harness, orderId, "expired");
    expect(await client.getOrderByClientOrderId("day-2")).toMatchObject({ filledQuantity: "30" });
    expect(await client.getPositions()).toMatchObject([{ quantity: "30" }]);
  }),
  proof(
    ["timesInForce.gtc"],
    contractCase("BC28", "a GTC order outlives the day and fills on another", async (harness) => {
      const { client, market } = harness;
      const { orderId } = await client.placeOrder({
        ...limitOrder("AAPL", "buy", 10, 90, "gtc-1"),
        timeInForce: "gtc",
      });
      await market.enter("closed");
      expect(await client.getOrderStatus(orderId)).toBe("submitted");
      await market.enter("regular");
      expect(await client.getOpenOrders()).toMatchObject([{ orderId, timeInForce: "gtc", status: "submitted" }]);
      await market.quote("AAPL", 89.9, 89.92);
      await untilStatus(harness, orderId, "filled");
      expect(await client.getFills(0)).toMatchObject([{ clientOrderId: "gtc-1", price: "89.92" }]);
    }),
  ),
  proof(
    ["timesInForce.cls"],
    contractCase("BC13", "an order for the closing waits for it and trades at its price", async (harness) => {
      const { client, market } = harness;
      const { orderId } = await client.placeOrder(atTheAsk(10, "cls", "cls-1"));
      await market.quote("AAPL", 99.98, 100);
      await market.print("AAPL", 99.99);
      expect(await client.getOrderStatus(orderId)).toBe("submitted");
      await market.enter("post");
      await untilStatus(harness, orderId, "filled");
      expect(await client.getFills(0)).toMatchObject([{ orderId, quantity: "10", price: "99.99" }]);
    }),
  ),
  proof(
    ["timesInForce.opg"],
    contractCase("BC13", "an order for the opening waits for it and trades at its price", async (harness) => {
      const { client, market } = harness;
      const { orderId } = await client.placeOrder(atTheAsk(10, "opg", "opg-1"));
      await market.quote("AAPL", 99.98, 100);
      await market.print("AAPL", 99.99);
      await market.enter("closed");
      expect(await client.getOrderStatus(orderId)).toBe("submitted");
      await market.enter("regular");
      await market.quote("AAPL", 99.95, 99.97);
      await market.print("AAPL", 99.96);
      await untilStatus(harness, orderId, "filled");
      expect(await client.getFills(0)).toMatchObject([{ orderId, quantity: "10", price: "99.96" }]);
    }),
  ),
];
