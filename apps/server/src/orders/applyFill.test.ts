import {
  accountId,
  clientOrderId,
  connectionId,
  executionId,
  money,
  orderId,
  price,
  quantity,
  userId,
  venueOrderId,
  type Fill,
  type Order,
  type OrderStatus,
} from "@trenddojo/brokers/domain";
import { FakeClock } from "@trenddojo/brokers/testing";
import { accounts, audit, connections, orderEvents, orders, users, type OrderRow } from "@trenddojo/db";
import { createTestStore, type TestDb } from "@trenddojo/db/testing";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AuditLog } from "../audit/AuditLog.ts";
import { InProcessTickBus } from "../streams/TickBus.ts";
import { applyFill } from "./applyFill.ts";
import { applySnapshot } from "./applySnapshot.ts";
import { OrderJournal } from "./OrderJournal.ts";

const ADA = userId("ada");
const CONNECTION = connectionId("c1");
const ACCOUNT = accountId("a1");
const clock = new FakeClock();

let store: TestDb;
let journal: OrderJournal;
let made = 0;

beforeAll(async () => {
  store = await createTestStore();
  journal = new OrderJournal({ db: store.db, clock, audit: new AuditLog(clock), bus: new InProcessTickBus() });
  const owner = { userId: ADA, broker: "paper", mode: "paper", createdAt: 1 } as const;
  await store.db.transaction(async (tx) => {
    await users.insert(tx, { id: ADA, username: "Ada", passwordHash: "x", role: "owner", createdAt: 1 });
    await connections.insert(tx, {
      ...owner,
      id: CONNECTION,
      label: "Paper",
      desired: "connected",
      settings: {},
      builtIn: true,
    });
    await accounts.insert(tx, {
      ...owner,
      id: ACCOUNT,
      connectionId: CONNECTION,
      venueAccountId: "P1",
      currency: "USD",
    });
  });
});
afterAll(() => store.close());

/** A limit order for 100 that was sent and is working, with no execution yet. */
async function working(): Promise<OrderRow> {
  const name = `o${(made += 1)}`;
  await store.db.transaction(async (tx) => {
    await orders.insertIntent(tx, {
      id: orderId(name),
      userId: ADA,
      accountId: ACCOUNT,
      mode: "paper",
      idempotencyKey: name,
      requestHash: "h",
      clientOrderId: clientOrderId(`tdP-${name}`),
      symbol: "AAPL",
      side: "buy",
      type: "limit",
      timeInForce: "day",
      extendedHours: false,
      reducesRisk: false,
      quantity: quantity("100"),
      price: price("10"),
      stopPrice: null,
      referencePrice: null,
      validUntil: clock.now() + 10_000,
      createdAt: clock.now(),
      state: "INTENT",
      reason: null,
    });
    await orders.claimForSending(tx, { orderId: orderId(name), now: clock.now(), epoch: 1 });
  });
  const row = await snapshot(orderId(name), "submitted");
  if (row === null) throw new Error("the order is not there");
  return row;
}

function told(id: string, status: OrderStatus, more: Partial<Order> = {}): Order {
  return {
    orderId: venueOrderId(`v-${id}`),
    clientOrderId: clientOrderId(`tdP-${id}`),
    symbol: "AAPL",
    side: "buy",
    type: "limit",
    timeInForce: "day",
    extendedHours: false,
    quantity: quantity("100"),
    filledQuantity: quantity("0"),
    averageFillPrice: null,
    price: price("10"),
    stopPrice: null,
    status,
    reason: null,
    submittedAt: 1,
    updatedAt: 1,
    ...more,
  };
}

const snapshot = (id: OrderRow["id"], status: OrderStatus, endsPending = false, more: Partial<Order> = {}) =>
  applySnapshot(journal, id, told(id, status, more), { endsPending, now: clock.now() });

function fill(id: OrderRow["id"], execution: string, shares: string, at: string) {
  const executed: Fill = {
    executionId: executionId(`${id}-${execution}`),
    orderId: venueOrderId(`v-${id}`),
    clientOrderId: clientOrderId(`tdP-${id}`),
    symbol: "AAPL",
    side: "buy",
    quantity: quantity(shares),
    price: price(at),
    fees: money("0"),
    filledAt: 5,
    reason: null,
  };
  return applyFill(id, executed, { journal, id: `f-${id}-${execution}-${(made += 1)}`, now: clock.now() });
}

describe("what the broker says of an order", () => {
  it("[OJ1] an execution is booked once, however often it is told, and the average is exact", async () => {
    const { id } = await working();
    await fill(id, "e1", "40", "10.01");
    await fill(id, "e1", "40", "10.01");
    const row = await fill(id, "e2", "20", "10.04");
    expect(row).toMatchObject({ state: "PARTIALLY_FILLED", filledQuantity: "60", averageFillPrice: "10.02" });
    const events = await orderEvents.listByOrder(store.db, id);
    expect(events.filter(({ payload }) => payload["type"] === "fill")).toHaveLength(2);
  });

  it("[OJ2] a fill after the cancel is booked and alarmed; one beyond the order too", async () => {
    const { id } = await working();
    expect((await snapshot(id, "canceled"))?.state).toBe("CANCELED");
    expect(await fill(id, "late", "30", "10")).toMatchObject({ state: "CANCELED", filledQuantity: "30" });
    expect(await fill(id, "over", "90", "10")).toMatchObject({ state: "FILLED", filledQuantity: "120" });
    const { entries } = await audit.page(store.db, { userId: ADA, chains: [`account:${ACCOUNT}`], limit: 10 });
    expect(entries.map(({ action }) => action)).toEqual(
      expect.arrayContaining(["order.filled_late", "order.overfilled"]),
    );
  });

  it("[OJ8] an execution that the broker's total had counted already is not added to it; one beyond it is", async () => {
    const { id } = await working();
    await fill(id, "e1", "20", "10");
    await journal.record(id, () => ({
      event: "partial_fill",
      message: "The broker counts 60 filled",
      action: "order.executions_missing",
      userId: null,
      changes: { filledQuantity: quantity("60"), averageFillPrice: price("11") },
    }));
    expect(await fill(id, "e2", "10", "10")).toMatchObject({ filledQuantity: "60", averageFillPrice: "11" });
    expect(await fill(id, "e3", "30", "12")).toMatchObject({ filledQuantity: "60", averageFillPrice: "11" });
    expect(await fill(id, "e4", "40", "10")).toMatchObject({
      state: "FILLED",
      filledQuantity: "100",
      averageFillPrice: "10.6",
    });
    const { entries } = await audit.page(store.db, { userId: ADA, chains: [`account:${ACCOUNT}`], limit: 4 });
    expect(entries.map(({ action }) => action)).not.toContain("order.overfilled");
  });

  it("[OJ3] what contradicts the state is left undone and alarmed, never swallowed", async () => {
    const { id } = await working();
    await fill(id, "all", "100", "10");
    expect(await snapshot(id, "canceled")).toMatchObject({ state: "FILLED", filledQuantity: "100" });
    const { entries } = await audit.page(store.db, { userId: ADA, chains: [`account:${ACCOUNT}`], limit: 3 });
    expect(entries.map(({ action, subject }) => [action, subject])).toContainEqual(["order.contradiction", id]);
  });

  it("[OJ4] a pushed update older than our request does not end it; the broker's own answer does", async () => {
    const { id } = await working();
    await journal.record(id, () => ({
      event: "request_cancel",
      message: "Cancel requested",
      action: "order.cancel_requested",
      userId: ADA,
    }));
    expect((await snapshot(id, "submitted"))?.state).toBe("PENDING_CANCEL");
    expect((await snapshot(id, "submitted", true))?.state).toBe("WORKING");
  });

  it("[OJ5] changed terms end a pending change and are told as such", async () => {
    const { id } = await working();
    await journal.record(id, () => ({
      event: "request_replace",
      message: "Change requested",
      action: "order.replace_requested",
      userId: ADA,
    }));
    const row = await snapshot(id, "submitted", false, { quantity: quantity("50"), price: price("9.5") });
    expect(row).toMatchObject({ state: "WORKING", quantity: "50", price: "9.5" });
    expect((await orderEvents.listByOrder(store.db, id)).at(-1)?.payload["type"]).toBe("replaced");
  });

  it("[OJ6] a repeated snapshot tells nothing new", async () => {
    const { id } = await working();
    const before = await orderEvents.lastSequence(store.db, ADA);
    for (const endsPending of [true, false]) await snapshot(id, "submitted", endsPending);
    expect(await orderEvents.lastSequence(store.db, ADA)).toBe(before);
  });

  it("[OJ7] executions and snapshots in any order, with repetitions, end in the same books", async () => {
    const news = [
      (id: OrderRow["id"]) => fill(id, "a", "60", "10"),
      (id: OrderRow["id"]) => fill(id, "b", "40", "10.05"),
      (id: OrderRow["id"]) => snapshot(id, "partially_filled", false, { filledQuantity: quantity("60") }),
      (id: OrderRow["id"]) => snapshot(id, "filled", false, { filledQuantity: quantity("100") }),
      (id: OrderRow["id"]) => snapshot(id, "submitted"),
    ];
    const order = fc.shuffledSubarray([0, 1, 2, 3, 4, 0, 1, 3], { minLength: 8, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(order, async (sequence) => {
        const { id } = await working();
        for (const index of sequence) await news[index]?.(id);
        expect(await orders.find(store.db, ADA, id)).toMatchObject({
          state: "FILLED",
          filledQuantity: "100",
          averageFillPrice: "10.02",
        });
      }),
      { numRuns: 12, verbose: 1 },
    );
  });
});
