import type { Order, OrderRequest } from "@trenddojo/brokers/domain";
import { limitOrder } from "@trenddojo/brokers/testing";
import { describe, expect, it } from "vitest";
import { ClientBench } from "../testing/ClientBench.ts";
import { failureOf } from "../testing/failureOf.ts";
import { toldBy } from "../testing/toldBy.ts";

const BRACKET: OrderRequest = {
  ...limitOrder("AAPL", "buy", 10, "99.5", "entry"),
  orderClass: "bracket",
  takeProfit: { price: "101" },
  stopLoss: { stopPrice: "98" },
};

const rolesOf = (orders: readonly Order[]): readonly string[] =>
  orders.map(({ group, isHeld }) => `${group?.role ?? "alone"}${isHeld === true ? " held" : ""}`).toSorted();

describe("groups", () => {
  it("[AL15] a bracket is one group, before its entry fills and after, and after a restart", async () => {
    await using bench = await ClientBench.open({ quirks: { sizes: "displayed" } });
    const client = await bench.connected();
    const { orderId, legs = [] } = await client.placeOrder(BRACKET);
    expect(legs.map(({ role }) => role).toSorted()).toEqual(["stop_loss", "take_profit"]);
    expect(rolesOf(await client.getOpenOrders())).toEqual(["entry", "stop_loss held", "take_profit held"]);
    const before = bench.createClient();
    await before.connect();
    expect(rolesOf(await before.getOpenOrders())).toEqual(["entry", "stop_loss held", "take_profit held"]);
    await bench.quote("AAPL", 99.48, 99.5);
    await bench.advance(3_000);
    // Alpaca lists neither the filled parent nor its held stop among the open orders.
    expect(rolesOf(await client.getOpenOrders())).toEqual(["stop_loss", "take_profit"]);
    const after = bench.createClient();
    await after.connect();
    const open = await after.getOpenOrders();
    expect(rolesOf(open)).toEqual(["stop_loss", "take_profit"]);
    expect(open.map((order) => order.orderId).toSorted()).toEqual(legs.map((leg) => leg.orderId).toSorted());
    expect(new Set(open.map(({ group }) => group?.id))).toEqual(new Set([orderId]));
  });

  it("[AL15] balances ask for no orders while they are followed, and a list of filled brackets for one group", async () => {
    await using bench = await ClientBench.open({ quirks: { sizes: "displayed" } });
    const client = await bench.connected();
    const ids = ["one", "two", "three"];
    const groups: string[] = [];
    for (const [index, id] of ids.entries()) {
      groups.push((await client.placeOrder({ ...BRACKET, clientOrderId: id, quantity: 10 + index })).orderId);
    }
    await bench.quote("AAPL", 99.48, 99.5);
    await bench.advance(3_000);
    const asked = (): readonly string[] =>
      bench.simulator.journal.entries.flatMap((entry) =>
        entry.kind === "request" && entry.method === "GET" && entry.path.startsWith("/v2/orders")
          ? [entry.path.replace(/\?.*/, "")]
          : [],
      );
    const before = asked().length;
    await client.getBalances();
    expect(asked()).toHaveLength(before);
    for (const _ of ids) expect(await client.getOpenOrders()).toHaveLength(6);
    const after = asked().slice(before);
    expect(after.filter((path) => path === "/v2/orders")).toHaveLength(6);
    const whole = after.filter((path) => path !== "/v2/orders");
    expect(whole.toSorted()).toEqual(groups.map((id) => `/v2/orders/${id}`).toSorted());
  });

  it("[AL15] a held stop that Alpaca cancels without a word is told as canceled", async () => {
    await using bench = await ClientBench.open({ quirks: { sizes: "displayed" } });
    const client = await bench.connected();
    const { legs = [] } = await client.placeOrder(BRACKET);
    await bench.quote("AAPL", 99.48, 99.5);
    await bench.advance(3_000);
    const told = await toldBy(client);
    const stop = legs.find(({ role }) => role === "stop_loss")?.clientOrderId ?? "";
    await bench.quote("AAPL", 101, 101.02);
    await bench.until(() => told.includes(`order ${stop} canceled 0`));
    expect(await client.getOpenOrders()).toEqual([]);
    expect(await client.getPositions()).toEqual([]);
  });

  it.each(["replaced", "canceled"] as const)(
    "[AL15] the profit that its stop ends is told as canceled, whatever Alpaca calls it: %s",
    async (takeProfitAfterStop) => {
      await using bench = await ClientBench.open({ quirks: { sizes: "displayed", takeProfitAfterStop } });
      const client = await bench.connected();
      const { legs = [] } = await client.placeOrder(BRACKET);
      await bench.quote("AAPL", 99.48, 99.5);
      await bench.advance(3_000);
      const told = await toldBy(client);
      await bench.quote("AAPL", 97.9, 97.92);
      await bench.print("AAPL", 97.9);
      const profit = legs.find(({ role }) => role === "take_profit")?.clientOrderId ?? "";
      await bench.until(() => told.includes(`order ${profit} canceled 0`));
      expect(await client.getOpenOrders()).toEqual([]);
      expect(await client.getPositions()).toEqual([]);
    },
  );
});

describe("replacements", () => {
  it("[AL14] an order that was changed three times keeps its first ids, here and in another process, and fills once", async () => {
    await using bench = await ClientBench.open({ quirks: { sizes: "displayed" } });
    const client = await bench.connected();
    const { orderId } = await client.placeOrder(limitOrder("AAPL", "buy", 10, 90, "first"));
    for (const price of [91, 92, 93]) expect(await client.modifyOrder(orderId, { price })).toBe(true);
    expect(bench.simulator.journal.requests("POST", "/v2/orders")).toHaveLength(1);
    const expected = { orderId, clientOrderId: "first", price: "93", quantity: "10", status: "submitted" };
    expect(await client.getOpenOrders()).toMatchObject([expected]);
    const other = bench.createClient();
    await other.connect();
    expect(await other.getOpenOrders()).toMatchObject([expected]);
    expect(await other.getOrderByClientOrderId("first")).toMatchObject(expected);
    const told = await toldBy(other);
    await bench.quote("AAPL", 92.9, 93);
    await bench.until(() => told.includes("fill first filled 10"));
    for (const each of [client, other]) {
      expect(await each.getOrderByClientOrderId("first")).toMatchObject({ orderId, status: "filled" });
      expect(await each.getFills(0)).toMatchObject([{ orderId, clientOrderId: "first", quantity: "10" }]);
    }
  });

  it("[AL14] a change that comes too late: the order is filled, and what was to replace it is no order", async () => {
    await using bench = await ClientBench.open({ quirks: { latencyMs: 500, sizes: "displayed" } });
    const client = await bench.connected();
    const told = await toldBy(client);
    const { orderId } = await client.placeOrder(limitOrder("AAPL", "buy", 10, "99.5", "first"));
    await bench.advance(1_000);
    expect(await client.modifyOrder(orderId, { price: 99 })).toBe(true);
    expect(await client.getOrderStatus(orderId)).toBe("pending_replace");
    await bench.quote("AAPL", 99.4, 99.42);
    await bench.until(() => told.includes("fill first filled 10"));
    expect(await client.getOrderByClientOrderId("first")).toMatchObject({ status: "filled", price: "99.5" });
    expect(await client.getOpenOrders()).toEqual([]);
  });

  it("[AL14] what changed is the order that is canceled", async () => {
    await using bench = await ClientBench.open();
    const client = await bench.connected();
    const { orderId } = await client.placeOrder(limitOrder("AAPL", "buy", 10, 90, "first"));
    await client.modifyOrder(orderId, { quantity: 12 });
    expect(await client.cancelOrder(orderId)).toBe(true);
    expect(await client.getOrderByClientOrderId("first")).toMatchObject({
      orderId,
      status: "canceled",
      quantity: "12",
    });
    expect(await failureOf(client.cancelOrder(orderId))).toMatchObject({ code: "ORDER_CLOSED", outcome: "refused" });
  });
});
