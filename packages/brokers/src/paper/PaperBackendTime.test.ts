import { describe, expect, it } from "vitest";
import { BrokerConnectionMonitor } from "../BrokerConnectionMonitor.ts";
import type { ConnectionStatus } from "../domain/connection.ts";
import type { OrderUpdateEvent } from "../domain/order.ts";
import { limitOrder, marketOrder } from "../testing/builders.ts";
import { failureOf } from "../testing/contract/calls.ts";
import { paperDesk } from "../testing/paperDesk.ts";
import { StallingPaperStore } from "../testing/StallingPaperStore.ts";

/** 2013-10-08 09:30 in New York. */
const OPENING_2013 = Date.UTC(2013, 9, 8, 13, 30);

type Desk = ReturnType<typeof paperDesk>;

/** The market of another day, with fresh quotes. */
function moveMarketTo({ clock, feed }: Desk, at: number): void {
  clock.setWallTime(at);
  feed.quote("AAPL", 70, 70.02);
  feed.quote("MSFT", 33, 33.02);
}

describe("the paper backend and the market's time", () => {
  it("[PB8] an account that has lived longer than the market stands is not connected, and says what to do", async () => {
    await using desk = paperDesk();
    await desk.client.connect();
    await desk.client.placeOrder(marketOrder("AAPL", "buy", 1));
    await desk.client.disconnect();
    moveMarketTo(desk, OPENING_2013);
    const error = await failureOf(desk.client.connect());
    expect(error).toMatchObject({ code: "CONNECTION_FAILED", outcome: "refused" });
    expect(error.message).toBe(
      "This account has lived until 2026-11-20 10:00; the market stands at 2013-10-08 09:30 (New York time). " +
        "Add a new paper account for this market, or use another DATA_DIR.",
    );
    expect(desk.client.getConnectionStatus()).toMatchObject({
      state: "disconnected",
      isConnected: false,
      error: { code: "CONNECTION_FAILED", message: error.message },
    });
    expect(desk.clock.pendingTimers).toBe(0);
  });

  it("[PB8] the same account connects again once the market has come as far", async () => {
    await using desk = paperDesk();
    await desk.client.connect();
    await desk.client.disconnect();
    const before = desk.clock.now();
    moveMarketTo(desk, OPENING_2013);
    await failureOf(desk.client.connect());
    moveMarketTo(desk, before);
    expect(await desk.client.connect()).toBe(true);
    expect(desk.client.getConnectionStatus()).toMatchObject({ state: "connected", error: null });
  });

  it("[PB8] a step back of five minutes is clamped, one of more is refused", async () => {
    await using desk = paperDesk();
    await desk.client.connect();
    const { submittedAt } = await desk.client.placeOrder(limitOrder("AAPL", "buy", 1, 60));
    await desk.client.disconnect();
    moveMarketTo(desk, submittedAt - 300_000);
    expect(await desk.client.connect()).toBe(true);
    expect((await desk.client.getMarketHours("NYSE")).at).toBe(submittedAt);
    await desk.client.disconnect();
    moveMarketTo(desk, submittedAt - 300_001);
    expect(await failureOf(desk.client.connect())).toMatchObject({ code: "CONNECTION_FAILED" });
  });

  it("[PB8] a new account lives in the market as it stands", async () => {
    await using desk = paperDesk();
    moveMarketTo(desk, OPENING_2013);
    await desk.client.connect();
    const { submittedAt } = await desk.client.placeOrder(limitOrder("AAPL", "buy", 1, 60));
    expect(submittedAt).toBe(OPENING_2013);
  });

  it("[PB8] the monitor keeps the reason on show and tries no faster than its backoff", async () => {
    let loads = 0;
    const store = new StallingPaperStore();
    await using desk = paperDesk({
      store: {
        load: () => {
          loads += 1;
          return store.load();
        },
        append: (events) => store.append(events),
        saveSnapshot: (snapshot) => store.saveSnapshot(snapshot),
      },
    });
    await desk.client.connect();
    await desk.client.disconnect();
    moveMarketTo(desk, OPENING_2013);
    loads = 0;
    await using monitor = new BrokerConnectionMonitor(desk.deps);
    const told: ConnectionStatus[] = [];
    monitor.onStatusChange("c-1", (status) => told.push(status));
    monitor.startMonitoring("c-1", desk.client);
    await desk.clock.advance(600_000);
    expect(loads).toBeGreaterThan(8);
    expect(loads).toBeLessThan(30);
    expect(new Set(told.map(({ state }) => state))).toEqual(new Set(["reconnecting", "disconnected"]));
    expect(monitor.lastStatus("c-1")?.error?.message).toContain("has lived until 2026-11-20 10:00");
  });

  it("[PB9] a tick that comes while the account is being opened is taken in", async () => {
    await using desk = paperDesk();
    await desk.client.connect();
    await desk.client.placeOrder({ ...limitOrder("AAPL", "buy", 1, 99), timeInForce: "gtc" });
    await desk.client.disconnect();
    // The next market day: opening the account has something to store.
    await desk.clock.advance(24 * 3_600_000);
    const letGo = desk.store.holdUp();
    const connecting = desk.client.connect();
    await desk.clock.advance(10);
    desk.feed.quote("AAPL", 98.9, 98.92);
    await desk.clock.advance(10);
    desk.feed.quote("AAPL", 100, 100.02);
    letGo();
    await connecting;
    expect(await desk.client.getFills(0)).toMatchObject([{ price: "98.92" }]);
  });

  it("[PB9] an account that could not be opened hears no ticks any more", async () => {
    await using desk = paperDesk();
    await desk.client.connect();
    await desk.client.disconnect();
    await desk.clock.advance(24 * 3_600_000);
    desk.store.failNext("before");
    expect(await failureOf(desk.client.connect())).toMatchObject({ code: "CONNECTION_FAILED" });
    expect(desk.feed.listeners).toBe(0);
    expect(await desk.client.connect()).toBe(true);
    expect(desk.feed.listeners).toBe(1);
  });
});

describe("what the paper backend tells of orders", () => {
  const ioc = { ...limitOrder("AAPL", "buy", 80, "100.02", "ioc-1"), timeInForce: "ioc" } as const;

  it("[BC26] each step is told as the order was then", async () => {
    await using desk = paperDesk();
    await desk.client.connect();
    await desk.market.quote("AAPL", 100, 100.02, 50);
    const told: OrderUpdateEvent[] = [];
    await desk.client.subscribeToOrderUpdates((event) => told.push(event));
    const response = await desk.client.placeOrder(ioc);
    expect(told.map(({ type, order }) => `${type} ${order.status} ${order.filledQuantity}`)).toEqual([
      "order submitted 0",
      "fill partially_filled 50",
      "order canceled 50",
    ]);
    expect(response.status).toBe("canceled");
  });

  it("[BC26] also what happens during a write", async () => {
    await using desk = paperDesk();
    await desk.client.connect();
    const told: OrderUpdateEvent[] = [];
    await desk.client.subscribeToOrderUpdates((event) => told.push(event));
    const letGo = desk.store.holdUp();
    const placing = desk.client.placeOrder(limitOrder("AAPL", "buy", 10, 99));
    await desk.clock.advance(1);
    desk.feed.quote("AAPL", 98.9, 98.92, 4);
    await desk.clock.advance(1);
    desk.feed.quote("AAPL", 98.9, 98.93, 6);
    letGo();
    await placing;
    await desk.client.getPositions();
    expect(told.map(({ type, order }) => `${type} ${order.status} ${order.filledQuantity}`)).toEqual([
      "order submitted 0",
      "fill partially_filled 4",
      "fill filled 10",
    ]);
  });
});
