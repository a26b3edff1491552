import { describe, expect, it } from "vitest";
import type { OrderUpdateEvent } from "../domain/order.ts";
import { limitOrder, marketOrder } from "../testing/builders.ts";
import { paperDesk } from "../testing/paperDesk.ts";
import { MemoryPaperStore } from "./MemoryPaperStore.ts";
import { StallingPaperStore } from "../testing/StallingPaperStore.ts";

const BRACKET = {
  ...limitOrder("AAPL", "buy", 10, "99.5", "b-1"),
  orderClass: "bracket",
  takeProfit: { price: "101" },
  stopLoss: { stopPrice: "98" },
} as const;

describe("what the paper backend says of its orders", () => {
  it("[PX80] a fill, its order, one that rests and one that was canceled each name the rule and the numbers", async () => {
    await using desk = paperDesk();
    const told: OrderUpdateEvent[] = [];
    await desk.client.connect();
    await desk.client.subscribeToOrderUpdates((event) => told.push(event));
    const filled = await desk.client.placeOrder(marketOrder("AAPL", "buy", 10));
    const resting = await desk.client.placeOrder(limitOrder("AAPL", "buy", 10, 90));
    const canceled = await desk.client.placeOrder(limitOrder("AAPL", "buy", 10, 91));
    await desk.client.cancelOrder(canceled.orderId);
    const [fill] = await desk.client.getFills(0);
    expect(fill).toMatchObject({
      reason: fill?.why?.text,
      why: { rule: "PX30", params: { quote: "ask", price: "100.02", shown: 1000, left: "1000", quantity: "10" } },
    });
    const [first, second, third] = (await desk.client.getOrderHistory(1)).toReversed();
    expect(first).toMatchObject({ orderId: filled.orderId, why: { rule: "PX80", text: "All 10 were filled." } });
    expect(second).toMatchObject({
      orderId: resting.orderId,
      reason: "The ask 100.02 is above your limit 90.00.",
      why: { rule: "PX30", params: { quote: "ask", price: "100.02", limit: "90", remaining: "10" } },
    });
    expect(third).toMatchObject({ orderId: canceled.orderId, why: { rule: "PX50", params: { remaining: "10" } } });
    expect(await desk.client.getOpenOrders()).toEqual([second]);
    expect(told.filter(({ type }) => type === "fill")).toMatchObject([{ fill: { why: { rule: "PX30" } } }]);
    expect(told.at(-1)).toMatchObject({ order: { status: "canceled", why: { rule: "PX50" } } });
  });

  it("[PX80] a part says what the rest waits for, and what was refused names the rule that refused it", async () => {
    await using desk = paperDesk({ store: new MemoryPaperStore() }, { alwaysOpen: false });
    await desk.client.connect();
    desk.feed.quote("AAPL", 100, 100.02, 50);
    await desk.client.placeOrder(limitOrder("AAPL", "buy", 70, "100.02", "rest"));
    expect(await desk.client.getOrderByClientOrderId("rest")).toMatchObject({
      status: "partially_filled",
      why: { rule: "PX32", params: { left: "0", remaining: "20" } },
    });
    const late = { ...limitOrder("AAPL", "buy", 1, 99, "late"), timeInForce: "opg" } as const;
    desk.clock.setWallTime(Date.parse("2026-11-20T09:29:00-05:00") + 86_400_000 * 3);
    desk.feed.quote("AAPL", 100, 100.02, 50);
    await expect(desk.client.placeOrder(late)).rejects.toMatchObject({ details: { rule: "PX91" } });
    expect(await desk.client.getOrderByClientOrderId("late")).toMatchObject({
      status: "rejected",
      why: { rule: "PX91" },
    });
  });

  it("[PX80] [PX4] the rule outlasts a restart, from the journal and from a snapshot; an older snapshot has its sentence", async () => {
    for (const snapshotEvery of [1, 1_000]) {
      const store = new StallingPaperStore();
      await using desk = paperDesk({ store, snapshotEvery });
      await desk.client.connect();
      const { orderId } = await desk.client.placeOrder(limitOrder("AAPL", "buy", 10, 91));
      await desk.client.cancelOrder(orderId);
      await desk.client.disconnect();
      expect(store.snapshots.length > 0).toBe(snapshotEvery === 1);
      await desk.client.connect();
      expect(await desk.client.getOrderHistory(1)).toMatchObject([
        { why: { rule: "PX50", params: { remaining: "10" } } },
      ]);
      const last = store.snapshots.at(-1);
      if (last === undefined) continue;
      const [order] = last.orders;
      await desk.client.disconnect();
      await store.saveSnapshot({
        ...last,
        orders: last.orders.map((each) => ({ ...each, reason: "Canceled on request with 10 not filled." })),
      });
      await desk.client.connect();
      expect(order?.reason).toMatchObject({ rule: "PX50" });
      expect(await desk.client.getOrderHistory(1)).toMatchObject([
        {
          reason: "Canceled on request with 10 not filled.",
          why: { rule: "", text: "Canceled on request with 10 not filled." },
        },
      ]);
    }
  });

  it("[PX110] the answer to a linked order names its exits, which are held until the entry is filled", async () => {
    await using desk = paperDesk();
    await desk.client.connect();
    const placed = await desk.client.placeOrder(BRACKET);
    expect(placed.legs).toMatchObject([
      { role: "take_profit", clientOrderId: "b-1-tp" },
      { role: "stop_loss", clientOrderId: "b-1-sl" },
    ]);
    for (const { orderId, role } of placed.legs ?? []) {
      const order = (await desk.client.getOpenOrders()).find((each) => each.orderId === orderId);
      expect(order).toMatchObject({ isHeld: true, group: { id: placed.orderId, role }, why: { rule: "PX111" } });
    }
    const told: OrderUpdateEvent[] = [];
    await desk.client.subscribeToOrderUpdates((event) => told.push(event));
    desk.feed.quote("AAPL", 99.48, 99.5);
    expect((await desk.client.getOpenOrders()).map(({ isHeld }) => isHeld)).toEqual([undefined, undefined]);
    expect(told.filter(({ order }) => order.group?.role !== "entry")).toMatchObject([
      { order: { why: { rule: "PX111" } } },
      { order: { why: { rule: "PX111" } } },
    ]);
    expect((await desk.client.placeOrder(limitOrder("AAPL", "buy", 1, 90))).legs).toBeUndefined();
  });

  it("[PX110] the exits of an entry that ends are not held any more: they ended with it", async () => {
    await using desk = paperDesk();
    await desk.client.connect();
    const { orderId } = await desk.client.placeOrder(BRACKET);
    await desk.client.cancelOrder(orderId);
    const ended = await desk.client.getOrderHistory(1);
    expect(ended.map(({ status, isHeld, why }) => [status, isHeld, why?.rule])).toEqual([
      ["canceled", undefined, "PX113"],
      ["canceled", undefined, "PX113"],
      ["canceled", undefined, "PX50"],
    ]);
  });

  it("[RK15] [PX111] exits do not count as exposure, and an amount of money counts as its shares", async () => {
    await using desk = paperDesk();
    await desk.client.connect();
    const { orderId } = await desk.client.placeOrder({ ...BRACKET, quantity: 60 });
    // 60 of the entry and 40 more reach the limit of a tenth of equity; the exits would be 60 more each.
    expect((await desk.client.validateOrder(limitOrder("AAPL", "buy", 40, 99))).isValid).toBe(true);
    await desk.client.cancelOrder(orderId);
    const dollars = { symbol: "AAPL", side: "buy", type: "market" } as const;
    expect((await desk.client.validateOrder({ ...dollars, notional: 10_000 })).isValid).toBe(true);
    expect((await desk.client.validateOrder({ ...dollars, notional: 10_001 })).issues).toMatchObject([
      { rule: "position_limit" },
    ]);
    await desk.client.placeOrder({ ...dollars, notional: 500 });
    expect((await desk.client.validateOrder({ ...dollars, notional: 500 })).issues).toMatchObject([
      { rule: "duplicate_order" },
    ]);
    expect((await desk.client.validateOrder({ ...dollars, notional: 501 })).isValid).toBe(true);
  });
});
