import { BrokerError, SystemClock } from "@trenddojo/brokers";
import {
  clientOrderId,
  money,
  price,
  quantity,
  venueOrderId,
  type Order,
  type Position,
} from "@trenddojo/brokers/domain";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createManualDesk } from "./testing/createManualDesk.ts";
import { createWebhookReceiver } from "./testing/createWebhookReceiver.ts";
import { faultyRegistry, type Faults } from "./testing/faultyRegistry.ts";
import { refusalOf } from "./testing/refusalOf.ts";
import { until } from "./testing/until.ts";
import type { AlertView } from "./wire/alerts.ts";

const BUY = { type: "limit", symbol: "AAPL", side: "buy", quantity: "10", price: "99.00", timeInForce: "gtc" } as const;

const faults: Faults = {};
let isDown = false;
/** Since when its order stream is being caught up; null while it is sound. */
let mutedAt: number | null = null;
/** How often it was tried to connect. */
let attempts = 0;
let desk: Awaited<ReturnType<typeof createManualDesk>>;
let hook: Awaited<ReturnType<typeof createWebhookReceiver>>;

beforeAll(async () => {
  faults.isConnected = (client) => () => !isDown && client.isConnected();
  faults.getConnectionStatus = (client) => () => {
    const status = client.getConnectionStatus();
    if (mutedAt !== null) {
      const orders = { state: "mute", lastEvidenceAt: mutedAt } as const;
      return { ...status, isHealthy: false, channels: { ...status.channels, orders } };
    }
    return isDown ? { ...status, isConnected: false, isHealthy: false } : status;
  };
  faults.connect = (client) => (options) => {
    attempts += 1;
    return isDown ? Promise.reject(new Error("the broker is away")) : client.connect(options);
  };
  faults.subscribeToOrderUpdates = (client) => (callback, options) =>
    client.subscribeToOrderUpdates((event) => (isDown ? undefined : callback(event)), options);
  desk = await createManualDesk({ wrapRegistry: faultyRegistry(faults) });
  hook = await createWebhookReceiver();
});
afterEach(() => {
  // A test that failed half-way leaves no outage to the next one.
  isDown = false;
  mutedAt = null;
});
afterAll(async () => {
  await desk[Symbol.asyncDispose]();
  await hook[Symbol.asyncDispose]();
});

const connection = async () => {
  const [first] = await desk.api.brokers.list.query();
  if (first === undefined) throw new Error("there is no connection");
  return first;
};
const reconcile = () => desk.api.brokers.reconcile.mutate({ connectionId: desk.connectionId });
const listed = async (filter: "open" | "resolved" | "all" = "all") =>
  (await desk.api.drifts.list.query({ accountId: desk.accountId, filter })).drifts;

describe("a desk and its broker", () => {
  it("[SV108] an account takes orders only once it was compared, and its connection says when that was", async () => {
    expect((await connection()).reconciledAt).not.toBeNull();
    const before = (await connection()).reconciledAt ?? "";
    const view = await until("a later comparison", async () => {
      const after = await reconcile();
      return (after.reconciledAt ?? "") > before ? after : null;
    });
    expect(view).toMatchObject({ id: desk.connectionId, openDrifts: 0 });
    // What was there at first is agreed, and on record.
    expect(await listed()).toMatchObject([{ kind: "cash", action: "adopted", there: "100000.00 USD" }]);
  });

  it("[SV119] a connection that is up and not compared says so, in place of healthy", async () => {
    const status = async () => (await connection()).status;
    await until("health", async () => (await status()).isHealthy);
    faults.getPositions = () => () => Promise.reject(new BrokerError("no answer", "TIMEOUT", "Paper"));
    isDown = true;
    const before = attempts;
    await until("an attempt to reconnect", () => attempts > before);
    isDown = false;
    const seen = await until("the reconnect", async () => {
      const now = await status();
      return now.isConnected ? now : null;
    });
    expect(seen).toMatchObject({ state: "unreconciled", isHealthy: false });
    delete faults.getPositions;
    await until("the comparison", async () => (await status()).state === "connected");
  });

  it("[SV100] what filled while the connection was down is found, with cause and evidence, and alarms end", async () => {
    const alerts: (readonly AlertView[])[] = [];
    const watch = desk.api.alerts.watch.subscribe(undefined, { onData: (data) => void alerts.push(data) });
    await desk.api.alerts.setWebhook.mutate({ url: hook.url, signingKey: "a key of sixteen or more" });
    const { id } = await desk.place(BUY);
    await desk.untilState(id, "WORKING");
    isDown = true;
    const down = await until("the alert", () => alerts.at(-1)?.find(({ kind }) => kind === "connection_down"));
    expect(down).toMatchObject({ severity: "critical", connectionId: desk.connectionId, recoveredAt: null });
    // Only now: before it is known to be down, a comparison would find the fill and no reason for it.
    desk.feed.quote("AAPL", 98.9, 98.95);
    expect((await refusalOf(desk.place(BUY))).code).toBe("NOT_CONNECTED");
    isDown = false;
    await desk.untilState(id, "FILLED");
    const [found] = (await listed("resolved")).filter(({ subject }) => subject === id);
    expect(found).toMatchObject({
      kind: "fill",
      here: "WORKING, 0 of 10 filled",
      action: "booked",
      cause: expect.stringMatching(/^The connection was down from /),
      evidence: { askedAt: expect.any(String), execution: { symbol: "AAPL" } },
    });
    // The shares that came with it are known.
    for (let look = 0; look < 2; look += 1) await reconcile();
    expect(await listed("open")).toEqual([]);
    await until("the recovery", () =>
      alerts.at(-1)?.find(({ id: each, recoveredAt }) => each === down.id && recoveredAt !== null),
    );
    const events = () =>
      hook.deliveries.map(({ body }) => JSON.parse(body)).map(({ event, alert }) => [event, alert?.kind]);
    await until("both deliveries", () => events().length >= 3);
    expect(events()).toEqual([
      ["test", undefined],
      ["raised", "connection_down"],
      ["recovered", "connection_down"],
    ]);
    watch.unsubscribe();
  });

  it("[SV101] what is told while the order stream is being caught up was missed: it has its row, with the gap", async () => {
    const { id } = await desk.place({ ...BUY, price: "98.00" });
    await desk.untilState(id, "WORKING");
    const before = attempts;
    mutedAt = Date.UTC(2026, 10, 20, 15, 0, 7);
    // What the first attempt saw is told by the time of the second.
    await until("the monitor to notice", () => attempts > before + 1);
    // It is there again, and heard, before it is caught up.
    mutedAt = new SystemClock().now();
    desk.feed.quote("AAPL", 97.9, 97.95);
    await desk.untilState(id, "FILLED");
    mutedAt = null;
    const found = (await listed("resolved")).filter(({ subject }) => subject === id);
    expect(found).toMatchObject([
      {
        kind: "fill",
        action: "booked",
        cause: expect.stringMatching(/^The order stream was silent from 2026-11-20 15:00:07 UTC to /),
      },
    ]);
    const { id: live } = await desk.place({ ...BUY, price: "97.99" });
    await desk.untilState(live, "FILLED");
    expect((await listed()).filter(({ subject }) => subject === live)).toEqual([]);
  });

  it("[SV102] an order placed elsewhere is adopted, with its row", async () => {
    const foreign: Order = {
      orderId: venueOrderId("elsewhere-1"),
      clientOrderId: clientOrderId("another-program"),
      symbol: "MSFT",
      side: "buy",
      type: "limit",
      timeInForce: "gtc",
      extendedHours: false,
      quantity: quantity("3"),
      filledQuantity: quantity("0"),
      averageFillPrice: null,
      price: price("150"),
      stopPrice: null,
      status: "submitted",
      reason: null,
      submittedAt: 1,
      updatedAt: 1,
    };
    faults.getOpenOrders = (client) => async (options) => [...(await client.getOpenOrders(options)), foreign];
    await reconcile();
    await reconcile();
    const rows = (await listed()).filter(({ kind }) => kind === "external_order");
    expect(rows).toMatchObject([
      { symbol: "MSFT", action: "adopted", cause: expect.stringContaining("Placed elsewhere") },
    ]);
    const { orders } = await desk.api.orders.list.query({ accountId: desk.accountId, filter: "open" });
    expect(orders).toMatchObject([{ id: rows[0]?.subject, symbol: "MSFT", state: "WORKING" }]);
  });

  it("[SV106] shares that nobody here moved wait for a person, who settles them with a note", async () => {
    const strange: Position = {
      symbol: "MSFT",
      quantity: quantity("7"),
      averagePrice: price("200"),
      marketPrice: null,
      marketValue: null,
      unrealizedPnl: null,
      realizedPnl: money("0"),
      markedAt: null,
    };
    faults.getPositions = (client) => async (options) => [...(await client.getPositions(options)), strange];
    await reconcile();
    const view = await reconcile();
    expect(view.openDrifts).toBe(1);
    const [open] = await listed("open");
    expect(open).toMatchObject({
      kind: "position",
      symbol: "MSFT",
      here: "0 shares",
      there: "7 shares",
      action: "asked",
    });
    // A slow machine may have raised others, of feeds that were mute.
    const alarms = async () =>
      (await desk.api.alerts.list.query({ filter: "open" })).alerts.filter(({ kind }) => kind === "drift");
    expect(await alarms()).toMatchObject([{ kind: "drift", subject: open?.id, connectionId: desk.connectionId }]);
    const settled = await desk.api.drifts.resolve.mutate({ driftId: open?.id ?? "", note: "a gift" });
    expect(settled).toMatchObject({ note: "a gift", resolvedAt: expect.any(String) });
    expect(await desk.api.drifts.resolve.mutate({ driftId: open?.id ?? "", note: "twice" })).toEqual(settled);
    await reconcile();
    expect((await reconcile()).openDrifts).toBe(0);
    expect(await alarms()).toEqual([]);
    const { entries } = await desk.api.audit.list.query({ search: "drift.resolved" });
    expect(entries).toHaveLength(1);
  });

  it("[SV113] a connection tells how long its orders took to be answered", async () => {
    const view = await until("the times", async () => {
      const now = await connection();
      return now.executionTimes === null ? null : now;
    });
    expect(view.executionTimes?.count).toBe(3);
    expect(view.executionTimes?.p99Ms).toBeGreaterThanOrEqual(view.executionTimes?.medianMs ?? Number.NaN);
    expect(view.status.budget).toEqual([]);
  });
});

it("[SV107] trades with fees, a split, a dividend and a new symbol leave nothing unexplained on a paper account", async () => {
  await using own = await createManualDesk();
  const { api, feed, accountId, connectionId } = own;
  const trade = async (side: "buy" | "sell", shares: string) => {
    feed.quote("AAPL", 100, 100.02);
    const { id } = await own.place({ type: "market", symbol: "AAPL", side, quantity: shares });
    await own.untilState(id, "FILLED");
  };
  await trade("buy", "11");
  await trade("sell", "1.5");
  const at = feed.marketNow();
  const dividend = { actionId: "d", symbol: "AAPL", amountPerShare: "0.24", payAt: at + 50 } as const;
  feed.tell({ kind: "corporate_action", action: { type: "cash_dividend", at, ...dividend } });
  const split = { actionId: "s", symbol: "AAPL", newShares: 4, oldShares: 1, cashInLieuPrice: null } as const;
  feed.tell({ kind: "corporate_action", action: { type: "split", at: feed.marketNow(), ...split } });
  const renamed = { actionId: "n", symbol: "AAPL", newSymbol: "MSFT" } as const;
  const told = async (action: string) => (await api.audit.list.query({ search: action })).entries.length > 0;
  await until("the payment", () => told("account.dividend_paid"));
  feed.tell({ kind: "corporate_action", action: { type: "symbol_change", at: feed.marketNow(), ...renamed } });
  await until("the new symbol", () => told("account.symbol_changed"));
  for (let look = 0; look < 2; look += 1) await api.brokers.reconcile.mutate({ connectionId });
  expect((await api.accounts.portfolio.query({ accountId })).positions).toMatchObject([
    { symbol: "MSFT", quantity: "38" },
  ]);
  expect((await api.drifts.list.query({ accountId, filter: "open" })).drifts).toEqual([]);
});
