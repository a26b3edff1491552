/* oxlint-disable vitest/no-standalone-expect -- each case runs inside a test that registerBrokerContractTests makes */
import { expect } from "vitest";
import type { BrokerClient } from "../../BrokerClient.ts";
import { BrokerErrorCode } from "../../domain/errorCode.ts";
import { limitOrder, marketOrder } from "../builders.ts";
import { BAD_ORDERS } from "./badOrders.ts";
import { expectNothingPlaced, expectRefusal, placeAnything } from "./calls.ts";
import { contractCase, proof, type ContractCase } from "./ContractCase.ts";

/** The ids of an order that is canceled, of one that fills, and of its fill. */
async function idsOf(client: BrokerClient, run: number): Promise<readonly string[]> {
  const canceled = await client.placeOrder(limitOrder("AAPL", "buy", run, 90));
  await client.cancelOrder(canceled.orderId);
  const filled = await client.placeOrder(marketOrder("AAPL", "buy", run));
  const fills = (await client.getFills(0)).filter(({ orderId }) => orderId === filled.orderId);
  return [canceled.orderId, filled.orderId, ...fills.map(({ executionId }) => executionId)];
}

export const IDENTITY_CASES: readonly ContractCase[] = [
  proof(
    ["repeatedOrderIds"],
    contractCase(
      "BC18",
      "a client order id is used once: DUPLICATE_ORDER, whatever became of the first",
      async ({ client }) => {
        const open = await client.placeOrder(limitOrder("AAPL", "buy", 1, 90, "once-1"));
        const error = await expectRefusal(
          client.placeOrder(limitOrder("AAPL", "buy", 2, 91, "once-1")),
          BrokerErrorCode.DUPLICATE_ORDER,
        );
        expect(error.retryable).toBe(false);
        await client.cancelOrder(open.orderId);
        await expectRefusal(
          client.placeOrder(limitOrder("AAPL", "buy", 1, 90, "once-1")),
          BrokerErrorCode.DUPLICATE_ORDER,
        );
        await client.placeOrder(marketOrder("AAPL", "buy", 1, "once-2"));
        await expectRefusal(
          client.placeOrder(marketOrder("AAPL", "buy", 1, "once-2")),
          BrokerErrorCode.DUPLICATE_ORDER,
        );
        expect(await client.getOpenOrders()).toEqual([]);
        expect(await client.getPositions()).toMatchObject([{ quantity: "1" }]);
        expect(await client.getOrderByClientOrderId("once-1")).toMatchObject({ orderId: open.orderId, quantity: "1" });
      },
    ),
  ),
  contractCase("BC18", "of two orders with one id, sent at once, exactly one is placed", async ({ client }) => {
    const order = limitOrder("AAPL", "buy", 1, 90, "twin");
    const settled = await Promise.allSettled([client.placeOrder(order), client.placeOrder(order)]);
    expect(settled.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await client.getOpenOrders()).toHaveLength(1);
  }),
  contractCase("BC18", "twenty orders sent at once are placed once each", async ({ client }) => {
    const ids = Array.from({ length: 20 }, (_, index) => `burst-${index}`);
    await Promise.all(ids.map((id, index) => client.placeOrder(limitOrder("AAPL", "buy", 1, 80 + index, id))));
    expect((await client.getOpenOrders()).map(({ clientOrderId }) => clientOrderId).sort()).toEqual([...ids].sort());
  }),
  proof(
    ["clientOrderIdLookup"],
    contractCase("BC19", "an order is found by its client order id, and an unknown id is null", async ({ client }) => {
      const { orderId } = await client.placeOrder(limitOrder("AAPL", "buy", 1, 90, "find-me"));
      expect(await client.getOrderByClientOrderId("find-me")).toMatchObject({
        orderId,
        clientOrderId: "find-me",
        status: "submitted",
      });
      expect(await client.getOrderByClientOrderId("find-him")).toBeNull();
    }),
  ),
  contractCase("BC20", "the status of an unknown order is ORDER_NOT_FOUND", async ({ client }) => {
    await expectRefusal(client.getOrderStatus("no-such-order"), BrokerErrorCode.ORDER_NOT_FOUND);
  }),
  ...BAD_ORDERS.map(({ what, order, field }) =>
    contractCase("BC21", `${what} is INVALID_ORDER, and nothing is placed`, async ({ client }) => {
      const error = await expectRefusal(placeAnything(client, order), BrokerErrorCode.INVALID_ORDER);
      expect(error.details["field"] ?? null).toBe(field);
      await expectNothingPlaced(client);
    }),
  ),
  contractCase("BC22", "an unknown symbol is SYMBOL_NOT_FOUND, and nothing is placed", async ({ client }) => {
    await expectRefusal(client.placeOrder(marketOrder("NOSUCH", "buy", 1)), BrokerErrorCode.SYMBOL_NOT_FOUND);
    await expectNothingPlaced(client);
  }),
  contractCase(
    "BC29",
    "ids are never used again: not after a reconnect, not after a restart",
    async ({ client, broker }) => {
      const first = await idsOf(client, 1);
      await client.disconnect();
      await client.connect();
      const second = await idsOf(client, 2);
      const third = await idsOf(await broker.reopen(), 3);
      const all = [...first, ...second, ...third];
      expect(all).toHaveLength(9);
      expect([...new Set(all)]).toEqual(all);
    },
  ),
  contractCase("BC24", "the history has ended orders too, newest first", async ({ client }) => {
    const first = await client.placeOrder(marketOrder("AAPL", "buy", 1));
    const second = await client.placeOrder(limitOrder("AAPL", "buy", 1, 90));
    await client.cancelOrder(second.orderId);
    const third = await client.placeOrder(limitOrder("AAPL", "buy", 1, 91));
    expect((await client.getOrderHistory(1)).map(({ orderId }) => orderId)).toEqual([
      third.orderId,
      second.orderId,
      first.orderId,
    ]);
  }),
  contractCase("BC24", "a history of no days, or of half a day, is refused", async ({ client }) => {
    for (const days of [0, -1, 0.5, Number.NaN])
      await expectRefusal(client.getOrderHistory(days), BrokerErrorCode.NOT_SUPPORTED);
  }),
  contractCase(
    "BC25",
    "fills come oldest first, each once, and only since the instant asked for",
    async ({ client }) => {
      await client.placeOrder(marketOrder("AAPL", "buy", 3, "fill-1"));
      await client.placeOrder(marketOrder("MSFT", "buy", 2, "fill-2"));
      const fills = await client.getFills(0);
      expect(fills).toMatchObject([
        { clientOrderId: "fill-1", symbol: "AAPL", side: "buy", quantity: "3", price: "100.02" },
        { clientOrderId: "fill-2", symbol: "MSFT", side: "buy", quantity: "2", price: "200.05" },
      ]);
      expect(new Set(fills.map(({ executionId }) => executionId)).size).toBe(2);
      for (const { fees } of fills) expect(Number(fees)).toBeGreaterThanOrEqual(0);
      const lastAt = fills.at(-1)?.filledAt ?? 0;
      expect((await client.getFills(lastAt)).at(-1)).toEqual(fills.at(-1));
      expect(await client.getFills(lastAt + 1)).toEqual([]);
    },
  ),
];
