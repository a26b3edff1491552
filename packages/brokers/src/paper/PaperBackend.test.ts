import { describe, expect, it } from "vitest";
import { money } from "../domain/decimal.ts";
import type { OrderUpdateEvent } from "../domain/order.ts";
import { limitOrder, marketOrder } from "../testing/builders.ts";
import { failureOf } from "../testing/contract/calls.ts";
import { paperDesk } from "../testing/paperDesk.ts";
import { createManualHarness } from "../testing/manualHarness.ts";
import { StallingPaperStore } from "../testing/StallingPaperStore.ts";
import { PaperBackend } from "./PaperBackend.ts";
import { sharedFeed } from "./PaperConfig.ts";

describe("the paper backend", () => {
  it("[PB1] an order is answered and told only when it is stored", async () => {
    await using desk = paperDesk();
    const told: OrderUpdateEvent[] = [];
    await desk.client.connect();
    await desk.client.subscribeToOrderUpdates((event) => told.push(event));
    const letGo = desk.store.holdUp();
    let answered = false;
    const placing = desk.client.placeOrder(marketOrder("AAPL", "buy", 10)).then(() => (answered = true));
    await desk.clock.advance(500);
    expect({ answered, told }).toEqual({ answered: false, told: [] });
    letGo();
    await placing;
    expect(told.map(({ type, order }) => `${type} ${order.status}`)).toEqual(["order submitted", "fill filled"]);
  });

  it.each(["before", "after"] as const)(
    "[PB1] a repetition is refused once the first is stored; where storing fails %s writing, its outcome is unknown too",
    async (when) => {
      await using desk = paperDesk();
      await desk.client.connect();
      const order = limitOrder("AAPL", "buy", 1, 90, "x");
      const letFirst = desk.store.holdUp();
      const first = desk.client.placeOrder(order);
      let isRefused = false;
      const twin = failureOf(desk.client.placeOrder(order)).finally(() => (isRefused = true));
      await desk.clock.advance(100);
      expect(isRefused).toBe(false);
      letFirst();
      await first;
      expect(await twin).toMatchObject({ code: "DUPLICATE_ORDER", outcome: "refused" });

      desk.store.failNext(when);
      const letSecond = desk.store.holdUp();
      const lost = failureOf(desk.client.placeOrder(limitOrder("AAPL", "buy", 1, 91, "y")));
      const lostTwin = failureOf(desk.client.placeOrder(limitOrder("AAPL", "buy", 1, 91, "y")));
      const unfit = failureOf(desk.client.placeOrder(limitOrder("AAPL", "buy", 90_000, 91, "z")));
      letSecond();
      for (const error of [await lost, await lostTwin, await unfit]) {
        expect(error).toMatchObject({ code: "OUTCOME_UNKNOWN", outcome: "unknown" });
      }
      await desk.client.connect();
      const found = await desk.client.getOrderByClientOrderId("y");
      expect(found?.status ?? null).toBe(when === "before" ? null : "submitted");
    },
  );

  it("[PB1] nobody reads what is not stored yet", async () => {
    await using desk = paperDesk();
    await desk.client.connect();
    await desk.client.placeOrder(limitOrder("AAPL", "buy", 10, 99));
    const letGo = desk.store.holdUp();
    desk.feed.quote("AAPL", 98.9, 98.92);
    let positions: readonly unknown[] | undefined;
    const reading = desk.client.getPositions().then((read) => (positions = read));
    await desk.clock.advance(500);
    expect(positions).toBeUndefined();
    letGo();
    await reading;
    expect(positions).toHaveLength(1);
  });

  it("[PB1] a reading also waits for what happens while it waits", async () => {
    await using desk = paperDesk();
    await desk.client.connect();
    await desk.client.placeOrder(limitOrder("AAPL", "buy", 10, 99));
    const letFirst = desk.store.holdUp();
    const placing = desk.client.placeOrder(marketOrder("MSFT", "buy", 1));
    await desk.clock.advance(0);
    let positions: readonly unknown[] | undefined;
    const reading = desk.client.getPositions().then((read) => (positions = read));
    await desk.clock.advance(0);
    desk.feed.quote("AAPL", 98.9, 98.92);
    const letSecond = desk.store.holdUp();
    letFirst();
    await placing;
    await desk.clock.advance(100);
    expect(positions).toBeUndefined();
    letSecond();
    await reading;
    expect(positions).toHaveLength(2);
  });

  it("[PB2] what comes during a write goes together with the next, in order", async () => {
    await using desk = paperDesk();
    await desk.client.connect();
    const letGo = desk.store.holdUp();
    desk.store.writes.length = 0;
    const placing = [91, 92, 93, 94, 95].map(async (price) => {
      await desk.clock.advance(0);
      return desk.client.placeOrder(limitOrder("AAPL", "buy", 1, price, `order-${price}`));
    });
    await desk.clock.advance(10);
    letGo();
    await Promise.all(placing);
    expect(desk.store.writes.reduce((sum, count) => sum + count, 0)).toBe(5);
    expect(desk.store.writes.length).toBeLessThan(5);
    const { events } = await desk.store.load();
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
  });

  it.each(["before", "after"] as const)(
    "[PB3] a store that fails %s writing: nothing is told, the outcome is unknown, and connect loads the truth",
    async (when) => {
      await using desk = paperDesk();
      await desk.client.connect();
      const told: OrderUpdateEvent[] = [];
      await desk.client.subscribeToOrderUpdates((event) => told.push(event));
      desk.store.failNext(when);
      const error = await failureOf(desk.client.placeOrder(marketOrder("AAPL", "buy", 10, "lost-1")));
      expect(error).toMatchObject({ code: "OUTCOME_UNKNOWN", outcome: "unknown" });
      expect(told).toEqual([]);
      expect(desk.client.getConnectionStatus()).toMatchObject({
        state: "degraded",
        isConnected: true,
        isHealthy: false,
        error: { code: "CONNECTION_FAILED" },
      });
      expect(await failureOf(desk.client.getPositions())).toMatchObject({ code: "CONNECTION_FAILED" });
      expect(await failureOf(desk.client.placeOrder(marketOrder("AAPL", "buy", 10, "lost-2")))).toMatchObject({
        code: "CONNECTION_FAILED",
        outcome: "refused",
      });

      expect(await desk.client.connect()).toBe(true);
      expect(desk.client.getConnectionStatus()).toMatchObject({ state: "connected", isHealthy: true, error: null });
      const found = await desk.client.getOrderByClientOrderId("lost-1");
      expect(found?.status ?? null).toBe(when === "before" ? null : "filled");
      expect(await desk.client.getPositions()).toHaveLength(when === "before" ? 0 : 1);
      await desk.client.placeOrder(limitOrder("AAPL", "buy", 1, 90));
      expect(told.map(({ order }) => order.status)).toEqual(["submitted"]);
    },
  );

  it("[PB3] a fill that cannot be stored degrades the connection too", async () => {
    await using desk = paperDesk();
    await desk.client.connect();
    const told: OrderUpdateEvent[] = [];
    await desk.client.placeOrder(limitOrder("AAPL", "buy", 10, 99, "resting"));
    await desk.client.subscribeToOrderUpdates((event) => told.push(event));
    desk.store.failNext("before");
    await desk.market.quote("AAPL", 98.9, 98.92);
    expect(desk.client.getConnectionStatus().state).toBe("degraded");
    expect(told).toEqual([]);
    // The order is as stored, and meets the quote that stands.
    await desk.client.connect();
    expect(told.map(({ type, order }) => `${type} ${order.status}`)).toEqual(["fill filled"]);
    expect(await desk.client.getFills(0)).toMatchObject([{ clientOrderId: "resting", price: "98.92" }]);
  });

  it("[PB3] what the store throws does not reach the caller's message", async () => {
    await using desk = paperDesk();
    await desk.client.connect();
    desk.store.failNext("before");
    const error = await failureOf(desk.client.placeOrder(marketOrder("AAPL", "buy", 10)));
    expect(error.message).not.toContain("disk");
    expect(error.cause).toMatchObject({ message: "the disk is full" });
  });

  it("[PB4] an account that is opened again is the account that was left, with and without a snapshot", async () => {
    for (const snapshotEvery of [1_000, 3]) {
      await using desk = paperDesk({ snapshotEvery });
      await desk.client.connect();
      await desk.client.placeOrder(marketOrder("AAPL", "buy", 10, "a-1"));
      await desk.client.placeOrder(limitOrder("MSFT", "buy", 3, 190, "a-2"));
      await desk.client.placeOrder(marketOrder("AAPL", "sell", 4, "a-3"));
      const read = async () => ({
        balances: { ...(await desk.client.getBalances()), asOf: 0 },
        positions: await desk.client.getPositions(),
        orders: await desk.client.getOrderHistory(1),
        fills: await desk.client.getFills(0),
      });
      const before = await read();
      await desk.client.disconnect();
      await desk.client.connect();
      expect(await read()).toEqual(before);
      expect(desk.store.snapshots.length > 0).toBe(snapshotEvery === 3);
    }
  });

  it("[PB4] a snapshot is never ahead of the stored events", async () => {
    const warnings: string[] = [];
    const store = new StallingPaperStore();
    await using desk = createManualHarness(({ feed, deps }) => {
      const logger = { ...deps.logger, warn: (_details: object, message: string) => void warnings.push(message) };
      const account = { accountId: "PAPER-1", startingCash: money(100_000), openFeed: sharedFeed(feed), store };
      return new PaperBackend({ name: "Paper", mode: "paper", snapshotEvery: 1, ...account }, { ...deps, logger });
    });
    await desk.client.connect();
    const letGo = store.holdUp();
    const first = desk.client.placeOrder(limitOrder("AAPL", "buy", 1, 90));
    await desk.clock.advance(0);
    const second = desk.client.placeOrder(limitOrder("AAPL", "buy", 1, 91));
    await desk.clock.advance(0);
    letGo();
    await Promise.all([first, second]);
    expect(warnings).toEqual([]);
    expect(store.snapshots.at(-1)?.sequence).toBe(3);
  });

  it("[PB4] a repeated id is refused after a restart too", async () => {
    await using desk = paperDesk();
    await desk.client.connect();
    await desk.client.placeOrder(marketOrder("AAPL", "buy", 1, "once"));
    await desk.client.disconnect();
    await desk.client.connect();
    expect(await failureOf(desk.client.placeOrder(marketOrder("AAPL", "buy", 1, "once")))).toMatchObject({
      code: "DUPLICATE_ORDER",
    });
  });

  it("[PB5] a feed that falls silent in an open session is mute after 15 s, and heard again with the next tick", async () => {
    await using desk = paperDesk();
    await desk.client.connect();
    await desk.clock.advance(15_000);
    expect(desk.client.getConnectionStatus().isHealthy).toBe(true);
    await desk.clock.advance(1);
    expect(desk.client.getConnectionStatus()).toMatchObject({
      state: "degraded",
      channels: { data: { state: "mute" }, session: { state: "up" } },
    });
    await desk.market.quote("AAPL", 100, 100.02);
    expect(desk.client.getConnectionStatus()).toMatchObject({ state: "connected", isHealthy: true });
  });

  it("[PB5] a mute feed is healed by connect: the account is opened anew, and mute until a tick comes", async () => {
    await using desk = paperDesk();
    await desk.client.connect();
    const quotes: (number | null)[] = [];
    await desk.client.subscribeToMarketData("AAPL", ({ ask }) => quotes.push(ask));
    await desk.clock.advance(15_001);
    desk.feed.dropListeners();
    await desk.market.quote("AAPL", 101, 101.02);
    expect(quotes).toEqual([100.02]);
    expect(await desk.client.connect()).toBe(true);
    expect(desk.client.getConnectionStatus().isHealthy).toBe(true);
    await desk.market.quote("AAPL", 102, 102.02);
    expect(quotes).toEqual([100.02, 102.02]);

    await desk.clock.advance(15_001);
    expect(await desk.client.connect()).toBe(true);
    expect(desk.client.getConnectionStatus()).toMatchObject({
      state: "degraded",
      isConnected: true,
      channels: { data: { state: "mute" } },
    });
  });

  it("[PB5] silence is no fault when the market is closed or the tape has ended", async () => {
    await using closed = paperDesk({}, { alwaysOpen: false });
    // Saturday.
    closed.clock.setWallTime(Date.UTC(2026, 10, 21, 15, 0));
    await closed.client.connect();
    await closed.clock.advance(60_000);
    expect(closed.client.getConnectionStatus().isHealthy).toBe(true);
    await using ended = paperDesk();
    await ended.client.connect();
    ended.feed.end();
    await ended.clock.advance(60_000);
    expect(ended.client.getConnectionStatus().isHealthy).toBe(true);
    expect((await ended.client.getMarketData("AAPL")).feed).toBe("closed");
  });

  it("[PB5] a subscriber is told when its quote grew stale, once, and when it is fresh again", async () => {
    await using desk = paperDesk();
    await desk.client.connect();
    await desk.market.quote("AAPL", 100, 100.02);
    const states: string[] = [];
    await desk.client.subscribeToMarketData("AAPL", ({ feed }) => states.push(feed));
    await desk.market.quote("AAPL", 100.01, 100.03);
    await desk.clock.advance(60_000);
    await desk.market.quote("AAPL", 100, 100.02);
    expect(states).toEqual(["streaming", "streaming", "stale", "streaming"]);
  });

  it("[PB1] a day order expires on the clock, without a tick", async () => {
    await using desk = paperDesk();
    await desk.client.connect();
    const told: string[] = [];
    await desk.client.placeOrder(limitOrder("AAPL", "buy", 1, 90, "today"));
    await desk.client.subscribeToOrderUpdates(({ order }) => told.push(order.status));
    await desk.clock.advance(15 * 3_600_000);
    expect(told).toEqual(["expired"]);
  });

  it("[PB4] market time does not fall when the machine's clock is set back", async () => {
    await using desk = paperDesk();
    await desk.client.connect();
    await desk.market.quote("AAPL", 100, 100.02);
    const { at } = await desk.client.getMarketHours("NYSE");
    desk.clock.setWallTime(at - 3_600_000);
    expect((await desk.client.getMarketHours("NYSE")).at).toBe(at);
    const { submittedAt } = await desk.client.placeOrder(limitOrder("AAPL", "buy", 1, 90));
    expect(submittedAt).toBe(at);
  });

  it("[BC5] who stops waiting for an order that was sent learns that its outcome is unknown, and it is placed", async () => {
    await using desk = paperDesk();
    await desk.client.connect();
    const letGo = desk.store.holdUp();
    const controller = new AbortController();
    const placing = failureOf(
      desk.client.placeOrder(limitOrder("AAPL", "buy", 1, 90, "impatient"), { signal: controller.signal }),
    );
    await desk.clock.advance(10);
    controller.abort();
    expect(await placing).toMatchObject({ code: "OUTCOME_UNKNOWN", outcome: "unknown" });
    letGo();
    expect(await desk.client.getOrderByClientOrderId("impatient")).toMatchObject({ status: "submitted" });
  });

  it("[BC1] a store that cannot be read fails the connect with CONNECTION_FAILED, and the next one may succeed", async () => {
    const store = new StallingPaperStore();
    let isDown = true;
    await using desk = paperDesk({
      store: {
        load: () => (isDown ? Promise.reject(new Error("no route to the database at 10.0.0.7")) : store.load()),
        append: (events) => store.append(events),
        saveSnapshot: (snapshot) => store.saveSnapshot(snapshot),
      },
    });
    const error = await failureOf(desk.client.connect());
    expect(error).toMatchObject({ code: "CONNECTION_FAILED" });
    expect(error.message).not.toContain("10.0.0.7");
    expect(desk.client.getConnectionStatus()).toMatchObject({
      state: "disconnected",
      error: { code: "CONNECTION_FAILED" },
    });
    isDown = false;
    expect(await desk.client.connect()).toBe(true);
  });

  it("[BC3] disconnecting waits for what is being stored, and leaves no timer", async () => {
    const desk = paperDesk();
    await desk.client.connect();
    const letGo = desk.store.holdUp();
    const placing = desk.client.placeOrder(limitOrder("AAPL", "buy", 1, 90, "last"));
    await desk.clock.advance(0);
    let isClosed = false;
    const closing = desk.client.disconnect().then(() => (isClosed = true));
    await desk.clock.advance(100);
    expect(isClosed).toBe(false);
    letGo();
    await Promise.all([placing, closing]);
    expect(desk.clock.pendingTimers).toBe(0);
    expect((await desk.store.load()).events.at(-1)).toMatchObject({ type: "order_accepted", clientOrderId: "last" });
  });

  it("[PB1] the same market and the same calls give the same journal, byte for byte", async () => {
    const journalOf = async (): Promise<string> => {
      await using desk = paperDesk();
      await desk.client.connect();
      for (let step = 0; step < 20; step += 1) {
        await desk.market.quote("AAPL", 100 + step / 10, 100.02 + step / 10, 50);
        await desk.client.placeOrder(limitOrder("AAPL", step % 3 === 0 ? "sell" : "buy", 5 + step, 100 + step / 10));
      }
      return JSON.stringify(await desk.store.load());
    };
    expect(await journalOf()).toBe(await journalOf());
  });
});
