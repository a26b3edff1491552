/* oxlint-disable vitest/no-standalone-expect -- each case runs inside a test that registerBrokerContractTests makes */
import { expect } from "vitest";
import { BrokerErrorCode } from "../../domain/errorCode.ts";
import { limitOrder, marketOrder } from "../builders.ts";
import { expectRefusal } from "./calls.ts";
import { contractCase, proof, type ContractCase } from "./ContractCase.ts";
import { untilStatus } from "./untilStatus.ts";

export const ORDER_CASES: readonly ContractCase[] = [
  proof(
    ["orderTypes.market"],
    contractCase("BC10", "a market order is answered with its ids and terms, and fills at the ask", async (harness) => {
      const { client } = harness;
      const response = await client.placeOrder(marketOrder("AAPL", "buy", 10, "market-1"));
      expect(response).toMatchObject({
        clientOrderId: "market-1",
        symbol: "AAPL",
        quantity: "10",
        side: "buy",
        type: "market",
        mode: client.mode,
      });
      expect(response.orderId).not.toBe("");
      await untilStatus(harness, response.orderId, "filled");
      expect(await client.getOrderByClientOrderId("market-1")).toMatchObject({
        orderId: response.orderId,
        status: "filled",
        filledQuantity: "10",
        averageFillPrice: "100.02",
      });
    }),
  ),
  contractCase("BC10", "a market sale fills at the bid", async (harness) => {
    const { orderId } = await harness.client.placeOrder(marketOrder("AAPL", "sell", 10, "market-2"));
    await untilStatus(harness, orderId, "filled");
    expect(await harness.client.getOrderByClientOrderId("market-2")).toMatchObject({ averageFillPrice: "100" });
  }),
  contractCase("BC10", "an order without a client order id is given one", async ({ client }) => {
    const { orderId, clientOrderId } = await client.placeOrder(marketOrder("AAPL", "buy", 1));
    expect(clientOrderId).not.toBe("");
    expect(await client.getOrderByClientOrderId(clientOrderId)).toMatchObject({ orderId });
  }),
  contractCase("BC11", "a limit away from the market rests as an open order and says why", async ({ client }) => {
    const { orderId, status } = await client.placeOrder(limitOrder("AAPL", "buy", 10, "99.5"));
    expect(status).toBe("submitted");
    expect(await client.getOpenOrders()).toMatchObject([
      {
        orderId,
        symbol: "AAPL",
        side: "buy",
        type: "limit",
        timeInForce: "day",
        quantity: "10",
        filledQuantity: "0",
        averageFillPrice: null,
        price: "99.5",
        stopPrice: null,
        status: "submitted",
      },
    ]);
  }),
  proof(
    ["orderTypes.limit"],
    contractCase(
      "BC11",
      "a resting limit fills when the market comes to it, never through its price",
      async (harness) => {
        const { orderId } = await harness.client.placeOrder(limitOrder("AAPL", "buy", 10, "99.5"));
        await harness.market.quote("AAPL", 99.4, 99.42);
        await untilStatus(harness, orderId, "filled");
        const [fill] = await harness.client.getFills(0);
        expect(Number(fill?.price)).toBeLessThanOrEqual(99.5);
        expect(await harness.client.getOpenOrders()).toEqual([]);
      },
    ),
  ),
  contractCase("BC11", "a limit through the market fills at the market's price", async (harness) => {
    const { orderId } = await harness.client.placeOrder(limitOrder("AAPL", "buy", 10, 101));
    await untilStatus(harness, orderId, "filled");
    expect(await harness.client.getFills(0)).toMatchObject([{ price: "100.02" }]);
  }),
  proof(
    ["orderTypes.stop"],
    contractCase("BC12", "a stop waits for its price and then takes the market", async (harness) => {
      const { client, market } = harness;
      const { orderId } = await client.placeOrder({
        symbol: "AAPL",
        side: "buy",
        quantity: 10,
        type: "stop",
        stopPrice: 101,
      });
      expect(await client.getOrderStatus(orderId)).toBe("submitted");
      await market.quote("AAPL", 101, 101.02);
      await market.print("AAPL", 101.01);
      await untilStatus(harness, orderId, "filled");
      expect(await client.getFills(0)).toMatchObject([{ orderId, price: "101.02" }]);
    }),
  ),
  proof(
    ["orderTypes.stop_limit"],
    contractCase("BC12", "a triggered stop-limit rests at its limit", async (harness) => {
      const { client, market } = harness;
      const { orderId } = await client.placeOrder({
        symbol: "AAPL",
        side: "sell",
        quantity: 10,
        type: "stop_limit",
        stopPrice: 99,
        price: "98.9",
      });
      await market.quote("AAPL", 98.5, 98.52);
      await market.print("AAPL", 98.5);
      expect(await client.getOrderStatus(orderId)).toBe("submitted");
      await market.quote("AAPL", 98.95, 98.97);
      await untilStatus(harness, orderId, "filled");
      expect(await client.getFills(0)).toMatchObject([{ orderId, price: "98.95" }]);
    }),
  ),
  contractCase("BC14", "an order larger than the market shows fills in parts", async (harness) => {
    const { client, market } = harness;
    await market.quote("AAPL", 100, 100.02, 30);
    const { orderId } = await client.placeOrder(limitOrder("AAPL", "buy", 50, "100.02", "parts-1"));
    await untilStatus(harness, orderId, "partially_filled");
    expect(await client.getOrderByClientOrderId("parts-1")).toMatchObject({ filledQuantity: "30" });
    expect(await client.getOpenOrders()).toHaveLength(1);
    await market.quote("AAPL", 100, 100.01, 30);
    await untilStatus(harness, orderId, "filled");
    expect((await client.getFills(0)).map(({ quantity }) => quantity)).toEqual(["30", "20"]);
  }),
  contractCase("BC15", "a working order is canceled, and says so", async (harness) => {
    const { orderId } = await harness.client.placeOrder(limitOrder("AAPL", "buy", 10, 90));
    expect(await harness.client.cancelOrder(orderId)).toBe(true);
    await untilStatus(harness, orderId, "canceled");
    expect(await harness.client.getOpenOrders()).toEqual([]);
  }),
  contractCase("BC15", "a canceled order frees what it held back", async (harness) => {
    const { client } = harness;
    const before = await client.getBalances();
    const { orderId } = await client.placeOrder(limitOrder("AAPL", "buy", 10, 90));
    expect(Number((await client.getBalances()).buyingPower)).toBeLessThan(Number(before.buyingPower));
    await client.cancelOrder(orderId);
    await untilStatus(harness, orderId, "canceled");
    expect((await client.getBalances()).buyingPower).toBe(before.buyingPower);
  }),
  contractCase("BC56", "all open orders are canceled at once, and the number is told", async (harness) => {
    const { client } = harness;
    expect(await client.cancelAllOrders()).toBe(0);
    for (const price of [90, 91, 92]) await client.placeOrder(limitOrder("AAPL", "buy", 1, price));
    const open = await client.getOpenOrders();
    expect(await client.cancelAllOrders()).toBe(open.length);
    expect(open).toHaveLength(3);
    for (const { orderId } of open) await untilStatus(harness, orderId, "canceled");
    expect(await client.getOpenOrders()).toEqual([]);
  }),
  contractCase("BC16", "a filled or canceled order is not canceled again: ORDER_CLOSED", async (harness) => {
    const { client } = harness;
    const filled = await client.placeOrder(marketOrder("AAPL", "buy", 1));
    await untilStatus(harness, filled.orderId, "filled");
    await expectRefusal(client.cancelOrder(filled.orderId), BrokerErrorCode.ORDER_CLOSED);
    const canceled = await client.placeOrder(limitOrder("AAPL", "buy", 1, 90));
    await client.cancelOrder(canceled.orderId);
    await untilStatus(harness, canceled.orderId, "canceled");
    await expectRefusal(client.cancelOrder(canceled.orderId), BrokerErrorCode.ORDER_CLOSED);
  }),
  contractCase("BC16", "an unknown order is not canceled: ORDER_NOT_FOUND", async ({ client }) => {
    await expectRefusal(client.cancelOrder("no-such-order"), BrokerErrorCode.ORDER_NOT_FOUND);
  }),
  proof(
    ["modifyOrder"],
    contractCase("BC17", "a working order takes a new price and quantity", async ({ client, market }) => {
      const { clientOrderId, orderId } = await client.placeOrder(limitOrder("AAPL", "buy", 10, 90));
      expect(await client.modifyOrder(orderId, { price: "91.5", quantity: 12 })).toBe(true);
      let changed = await client.getOrderByClientOrderId(clientOrderId);
      await market.until(() => changed?.price === "91.5");
      changed = await client.getOrderByClientOrderId(clientOrderId);
      expect(changed).toMatchObject({ price: "91.5", quantity: "12", status: "submitted" });
    }),
  ),
  contractCase("BC17", "a new price that meets the market fills", async (harness) => {
    const { orderId } = await harness.client.placeOrder(limitOrder("AAPL", "buy", 10, 90));
    await harness.client.modifyOrder(orderId, { price: "100.02" });
    await untilStatus(harness, orderId, "filled");
  }),
  contractCase(
    "BC17",
    "a filled order is not changed: ORDER_CLOSED; an unknown one: ORDER_NOT_FOUND",
    async (harness) => {
      const { orderId } = await harness.client.placeOrder(marketOrder("AAPL", "buy", 1));
      await untilStatus(harness, orderId, "filled");
      await expectRefusal(harness.client.modifyOrder(orderId, { quantity: 2 }), BrokerErrorCode.ORDER_CLOSED);
      await expectRefusal(
        harness.client.modifyOrder("no-such-order", { quantity: 2 }),
        BrokerErrorCode.ORDER_NOT_FOUND,
      );
    },
  ),
  contractCase(
    "BC17",
    "an update that changes nothing or is wrong is refused and changes nothing",
    async ({ client }) => {
      const { orderId, clientOrderId } = await client.placeOrder(limitOrder("AAPL", "buy", 10, 90));
      const before = await client.getOrderByClientOrderId(clientOrderId);
      for (const update of [
        {},
        { quantity: 0 },
        { quantity: Number.NaN },
        { price: -1 },
        { price: "90.001" },
        { stopPrice: 80 },
      ]) {
        await expectRefusal(client.modifyOrder(orderId, update), BrokerErrorCode.INVALID_ORDER);
      }
      expect(await client.getOrderByClientOrderId(clientOrderId)).toEqual(before);
    },
  ),
];
