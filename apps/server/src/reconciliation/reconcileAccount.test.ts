import { SystemRandom } from "@trenddojo/brokers";
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
} from "@trenddojo/brokers/domain";
import { FakeClock } from "@trenddojo/brokers/testing";
import { accounts, connections, fills, orders, users, type AccountRow } from "@trenddojo/db";
import { createTestStore, type TestDb } from "@trenddojo/db/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AuditLog } from "../audit/AuditLog.ts";
import { IdMaker } from "../lib/IdMaker.ts";
import { InFlight } from "../orders/InFlight.ts";
import { OrderJournal } from "../orders/OrderJournal.ts";
import { REMOTE_POLICY, UnknownOrders } from "../orders/UnknownOrders.ts";
import { InProcessTickBus } from "../streams/TickBus.ts";
import { reconcileAccount } from "./reconcileAccount.ts";
import type { OrderBooks, ReconcileParts } from "./ReconcileParts.ts";

const ADA = userId("ada");
const clock = new FakeClock();
/** The broker's clock is not ours: it replays a day long gone. */
const MARKET = Date.UTC(2013, 9, 8, 13, 30);

let store: TestDb;
let account: AccountRow;

beforeAll(async () => {
  store = await createTestStore();
  const owner = { userId: ADA, broker: "alpaca", mode: "mock", createdAt: 1 } as const;
  const connection = { ...owner, id: connectionId("c1"), label: "Mock", settings: {}, builtIn: false } as const;
  account = {
    ...owner,
    id: accountId("a1"),
    connectionId: connection.id,
    venueAccountId: "M1",
    currency: "USD",
    removedAt: null,
  };
  await store.db.transaction(async (tx) => {
    await users.insert(tx, { id: ADA, username: "Ada", passwordHash: "x", role: "owner", createdAt: 1 });
    await connections.insert(tx, { ...connection, desired: "connected" });
    await accounts.insert(tx, account);
  });
});
afterAll(() => store.close());

function told(id: string, submittedAt: number, filled: string): Order {
  return {
    orderId: venueOrderId(`v-${id}`),
    clientOrderId: clientOrderId(`tdM-${id}`),
    symbol: "AAPL",
    side: "buy",
    type: "limit",
    timeInForce: "gtc",
    extendedHours: false,
    quantity: quantity("100"),
    filledQuantity: quantity(filled),
    averageFillPrice: filled === "0" ? null : price("10"),
    price: price("10"),
    stopPrice: null,
    status: filled === "0" ? "submitted" : "partially_filled",
    reason: null,
    submittedAt,
    updatedAt: submittedAt,
  };
}

function execution(id: string, name: string, filledAt: number, shares: string): Fill {
  return {
    executionId: executionId(`${id}-${name}`),
    orderId: venueOrderId(`v-${id}`),
    clientOrderId: clientOrderId(`tdM-${id}`),
    symbol: "AAPL",
    side: "buy",
    quantity: quantity(shares),
    price: price("10"),
    fees: money("0"),
    filledAt,
    reason: null,
  };
}

/** A broker with these orders and executions. */
function booksOf(open: readonly Order[], executions: readonly Fill[]): OrderBooks {
  return {
    getOpenOrders: () => Promise.resolve(open),
    getOrderHistory: () => Promise.resolve(open),
    getFills: (since) => Promise.resolve(executions.filter(({ filledAt }) => filledAt >= since)),
    getOrderByClientOrderId: (id) => Promise.resolve(open.find((order) => order.clientOrderId === id) ?? null),
  };
}

function reconcile(books: OrderBooks): Promise<void> {
  const audit = new AuditLog(clock);
  const parts: ReconcileParts = {
    db: store.db,
    clock,
    askedAt: clock.now(),
    ids: new IdMaker(clock, new SystemRandom()),
    audit,
    journal: new OrderJournal({ db: store.db, clock, audit, bus: new InProcessTickBus() }),
    account,
    books,
    unknown: new UnknownOrders(clock, REMOTE_POLICY),
    inFlight: new InFlight(),
    finding: null,
    sendAgain: () => false,
    isHeard: () => true,
    cancelFoundAlive: () => undefined,
  };
  return reconcileAccount(parts, "open");
}

const rowOf = (id: string) => orders.findByVenueOrderId(store.db, account.id, venueOrderId(`v-${id}`));

describe("reconciliation", () => {
  it("[RC1] of an account that it is new to, asks for the executions of the last week and no older ones", async () => {
    const asked: number[] = [];
    const books = booksOf([], []);
    await reconcile({ ...books, getFills: (since) => (asked.push(since), books.getFills(since)) });
    expect(asked).toHaveLength(1);
    expect(clock.now() - (asked[0] ?? 0)).toBeLessThan(8 * 86_400_000);
  });

  it("[RC1] finds an execution that is much older than the newest stored one of another order", async () => {
    const missed = execution("old", "e1", MARKET + 5_000, "30");
    const newer = execution("new", "e1", MARKET + 600_000, "40");
    const orderNew = told("new", MARKET + 500_000, "40");
    await reconcile(booksOf([told("old", MARKET, "0"), orderNew], [newer]));
    await reconcile(booksOf([told("old", MARKET, "30"), orderNew], [missed, newer]));
    const row = await rowOf("old");
    expect(row).toMatchObject({ state: "PARTIALLY_FILLED", filledQuantity: "30" });
    expect(await fills.listByOrder(store.db, row?.id ?? orderId("none"))).toHaveLength(1);
  });

  it("[RC2] takes the broker's total where it cannot tell the executions, and adds nothing when they come after all", async () => {
    const order = told("late", MARKET + 700_000, "60");
    const first = execution("late", "e1", MARKET + 700_010, "20");
    const rest = execution("late", "e2", MARKET + 700_020, "40");
    await reconcile(booksOf([order], [first]));
    expect(await rowOf("late")).toMatchObject({ state: "PARTIALLY_FILLED", filledQuantity: "60" });
    await reconcile(booksOf([order], [first, rest]));
    const row = await rowOf("late");
    expect(row).toMatchObject({ filledQuantity: "60", averageFillPrice: "10" });
    expect(await fills.listByOrder(store.db, row?.id ?? orderId("none"))).toHaveLength(2);
  });
});
