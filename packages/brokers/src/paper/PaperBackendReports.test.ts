import { describe, expect, it } from "vitest";
import type { OrderUpdateEvent } from "../domain/order.ts";
import { limitOrder, marketOrder } from "../testing/builders.ts";
import { createBrokenClock } from "../testing/brokenClock.ts";
import { paperDesk } from "../testing/paperDesk.ts";
import { ReportQueue } from "./backend/ReportQueue.ts";
import { DEFAULT_PAPER_PROFILE, type PaperProfile } from "./profile.ts";

/** Requests take no time, reports half a second. */
const SLOW_REPORTS: PaperProfile = {
  ...DEFAULT_PAPER_PROFILE,
  name: "slow-reports",
  latency: { inMs: 0, outMs: 500, jitterMs: 0 },
};

async function slowDesk() {
  const desk = paperDesk({ profile: SLOW_REPORTS });
  const told: string[] = [];
  await desk.client.connect();
  await desk.client.subscribeToOrderUpdates(({ type, order }) => told.push(`${type} ${order.status}`));
  return { ...desk, told, [Symbol.asyncDispose]: () => desk[Symbol.asyncDispose]() };
}

describe("reports that take time", () => {
  it("[PX101] [PB13] a fill is told when its report arrives, and a reading knows it before", async () => {
    await using desk = await slowDesk();
    const { orderId } = await desk.client.placeOrder(marketOrder("AAPL", "buy", 10));
    expect(desk.told).toEqual(["order submitted"]);
    expect(await desk.client.getOrderStatus(orderId)).toBe("filled");
    await desk.clock.advance(499);
    expect(desk.told).toEqual(["order submitted"]);
    await desk.clock.advance(1);
    expect(desk.told).toEqual(["order submitted", "fill filled"]);
  });

  it("[PB13] what happened after it is told after it", async () => {
    await using desk = await slowDesk();
    await desk.client.placeOrder(marketOrder("AAPL", "buy", 10));
    await desk.clock.advance(100);
    const { orderId } = await desk.client.placeOrder(limitOrder("AAPL", "buy", 10, 90));
    await desk.client.cancelOrder(orderId);
    expect(desk.told).toEqual(["order submitted"]);
    await desk.clock.advance(400);
    expect(desk.told).toEqual(["order submitted", "fill filled", "order submitted", "order canceled"]);
  });

  it("[PB13] each is told once: also where the connection ends, or its store fails, before it arrives", async () => {
    await using desk = await slowDesk();
    await desk.client.placeOrder(marketOrder("AAPL", "buy", 10));
    desk.store.failNext("before");
    await desk.client.placeOrder(limitOrder("AAPL", "buy", 10, 90)).catch(() => undefined);
    await desk.client.connect();
    expect(desk.told).toEqual(["order submitted", "fill filled"]);
    await desk.client.placeOrder(marketOrder("MSFT", "buy", 10));
    await desk.client.disconnect();
    expect(desk.told).toEqual(["order submitted", "fill filled", "order submitted", "fill filled"]);
    await desk.clock.advance(2_000);
    expect(desk.told).toHaveLength(4);
    expect(desk.clock.pendingTimers).toBe(0);
  });

  it("[PB13] what is on its way when a tape is over arrives at its end", async () => {
    await using desk = await slowDesk();
    await desk.client.placeOrder(marketOrder("AAPL", "buy", 10));
    desk.feed.end();
    // The market's time stands from then on.
    desk.clock.setWallTime(desk.clock.now() - 60_000);
    await desk.clock.advance(1_000);
    expect(desk.told).toEqual(["order submitted", "fill filled"]);
  });

  it("[PB13] without latency all is told at once, and no clock runs for it", async () => {
    await using desk = paperDesk();
    const told: OrderUpdateEvent[] = [];
    await desk.client.connect();
    const timers = desk.clock.pendingTimers;
    await desk.client.subscribeToOrderUpdates((event) => told.push(event));
    await desk.client.placeOrder(marketOrder("AAPL", "buy", 10));
    expect(told).toHaveLength(2);
    expect(desk.clock.pendingTimers).toBe(timers);
  });

  it("[PB13] a clock that fails is reported", async () => {
    await using desk = paperDesk();
    await desk.client.connect();
    await desk.client.placeOrder(limitOrder("AAPL", "buy", 10, 90, "x"));
    const order = await desk.client.getOrderByClientOrderId("x");
    if (order === null) throw new Error("the order is not known");
    const clock = createBrokenClock();
    const errors: unknown[] = [];
    const queue = new ReportQueue({
      clock,
      marketNow: () => 0,
      deliver: () => undefined,
      onError: (error) => errors.push(error),
    });
    queue.add([{ update: { type: "order", order }, reportedAt: 1 }]);
    await expect.poll(() => errors).toEqual([clock.error]);
    await queue.close();
  });
});
