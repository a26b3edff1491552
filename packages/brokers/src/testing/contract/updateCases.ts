/* oxlint-disable vitest/no-standalone-expect -- each case runs inside a test that registerBrokerContractTests makes */
import { expect } from "vitest";
import type { OrderUpdateEvent } from "../../domain/order.ts";
import { limitOrder, marketOrder } from "../builders.ts";
import { contractCase, proof, type ContractCase } from "./ContractCase.ts";

export const UPDATE_CASES: readonly ContractCase[] = [
  contractCase("BC26", "an order is told when it is taken and when it is canceled", async ({ client, market }) => {
    const events: OrderUpdateEvent[] = [];
    await client.subscribeToOrderUpdates((event) => events.push(event));
    const { orderId } = await client.placeOrder(limitOrder("AAPL", "buy", 1, 90));
    await client.cancelOrder(orderId);
    await market.until(() => events.some(({ order }) => order.status === "canceled"));
    expect(events.map(({ type, order }) => [type, order.orderId, order.status])).toEqual([
      ["order", orderId, "submitted"],
      ["order", orderId, "canceled"],
    ]);
  }),
  proof(
    ["orderUpdates"],
    contractCase(
      "BC26",
      "each fill is told once, as getFills has it, and filledQuantity never falls",
      async ({ client, market }) => {
        const events: OrderUpdateEvent[] = [];
        await client.subscribeToOrderUpdates((event) => events.push(event));
        await market.quote("AAPL", 100, 100.02, 30);
        await client.placeOrder(limitOrder("AAPL", "buy", 70, "100.02"));
        await market.quote("AAPL", 100, 100.01, 30);
        await market.quote("AAPL", 100, 100.02, 30);
        await market.until(() => events.some(({ order }) => order.status === "filled"));
        const fills = await client.getFills(0);
        await market.until(() => events.filter(({ type }) => type === "fill").length >= fills.length);
        expect(events.flatMap((event) => (event.type === "fill" ? [event.fill] : []))).toEqual(fills);
        const filled = events.map(({ order }) => Number(order.filledQuantity));
        expect(filled).toEqual([...filled].sort((a, b) => a - b));
        expect(filled.at(-1)).toBe(70);
      },
    ),
  ),
  contractCase("BC26", "a change of the order is told with its new terms", async ({ client, market }) => {
    const prices: (string | null)[] = [];
    const { orderId } = await client.placeOrder(limitOrder("AAPL", "buy", 1, 90));
    await client.subscribeToOrderUpdates(({ order }) => prices.push(order.price));
    await client.modifyOrder(orderId, { price: 91 });
    await market.until(() => prices.includes("91"));
  }),
  contractCase("BC27", "after unsubscribing nothing is told; unsubscribing twice does nothing", async ({ client }) => {
    const events: OrderUpdateEvent[] = [];
    const unsubscribe = await client.subscribeToOrderUpdates((event) => events.push(event));
    unsubscribe();
    unsubscribe();
    await client.placeOrder(marketOrder("AAPL", "buy", 1));
    expect(events).toEqual([]);
  }),
  contractCase(
    "BC27",
    "a callback that throws disturbs neither the others nor the order",
    async ({ client, market }) => {
      const events: OrderUpdateEvent[] = [];
      await client.subscribeToOrderUpdates(() => {
        throw new Error("a defect of the subscriber");
      });
      await client.subscribeToOrderUpdates((event) => events.push(event));
      await client.placeOrder(marketOrder("AAPL", "buy", 1));
      await market.until(() => events.some(({ type }) => type === "fill"));
      expect(await client.getPositions()).toMatchObject([{ quantity: "1" }]);
    },
  ),
  contractCase(
    "BC27",
    "the same callback subscribed twice is told twice, and unsubscribed one at a time",
    async ({ client, market }) => {
      let told = 0;
      const callback = (): void => void (told += 1);
      const first = await client.subscribeToOrderUpdates(callback);
      await client.subscribeToOrderUpdates(callback);
      await client.placeOrder(limitOrder("AAPL", "buy", 1, 90));
      await market.until(() => told === 2);
      first();
      await client.placeOrder(limitOrder("AAPL", "buy", 1, 91));
      await market.until(() => told === 3);
    },
  ),
];
