import { SystemRandom } from "@trenddojo/brokers";
import {
  accountId,
  clientOrderId,
  connectionId,
  orderId,
  price,
  quantity,
  userId,
  venueOrderId,
  type Fill,
  type Order,
} from "@trenddojo/brokers/domain";
import { FakeClock } from "@trenddojo/brokers/testing";
import { accounts, connections, orders, users, type AccountRow, type NewIntent, type OrderRow } from "@trenddojo/db";
import { createTestStore } from "@trenddojo/db/testing";
import { AuditLog } from "../audit/AuditLog.ts";
import { IdMaker } from "../lib/IdMaker.ts";
import { InFlight } from "../orders/InFlight.ts";
import { OrderJournal } from "../orders/OrderJournal.ts";
import { REMOTE_POLICY, UnknownOrders } from "../orders/UnknownOrders.ts";
import { InProcessTickBus } from "../streams/TickBus.ts";
import type { OrderBooks, ReconcileParts } from "../reconciliation/ReconcileParts.ts";

const ADA = userId("ada");

/** The desk's books of one account on a real database, and nothing around them. */
export async function createJournalKit(mode: "mock" | "paper" = "mock") {
  const store = await createTestStore();
  const { db } = store;
  const clock = new FakeClock();
  const owner = { userId: ADA, broker: "alpaca", mode, createdAt: 1 } as const;
  const connection = { ...owner, id: connectionId("c1"), label: "Mock", settings: {}, builtIn: false } as const;
  const account: AccountRow = {
    ...owner,
    id: accountId("a1"),
    connectionId: connection.id,
    venueAccountId: "M1",
    currency: "USD",
    removedAt: null,
  };
  await db.transaction(async (tx) => {
    await users.insert(tx, { id: ADA, username: "Ada", passwordHash: "x", role: "owner", createdAt: 1 });
    await connections.insert(tx, { ...connection, desired: "connected" });
    await accounts.insert(tx, account);
  });
  const audit = new AuditLog(clock);
  const journal = new OrderJournal({ db, clock, audit, bus: new InProcessTickBus() });
  const inFlight = new InFlight();

  /** A limit order for 100 AAPL at 10 with the id `tdM-<name>` (of paper `tdP-<name>`), or what `changes` make of it. */
  const intent = (name: string, changes: Partial<NewIntent> = {}): NewIntent => ({
    id: orderId(name),
    userId: ADA,
    accountId: account.id,
    mode: account.mode,
    idempotencyKey: name,
    requestHash: "h",
    clientOrderId: clientOrderId(`${mode === "mock" ? "tdM" : "tdP"}-${name}`),
    symbol: "AAPL",
    side: "buy",
    type: "limit",
    timeInForce: "gtc",
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
    ...changes,
  });

  /** A bracket: the orders `<name>`, `<name>-tp` and `<name>-sl`. */
  const bracket = (name: string): readonly NewIntent[] => {
    const exit = {
      idempotencyKey: null,
      requestHash: null,
      side: "sell",
      orderClass: "bracket",
      isHeld: true,
      leaderId: orderId(name),
    } as const;
    return [
      intent(name, { orderClass: "bracket", groupRole: "entry" }),
      intent(`${name}-tp`, { ...exit, groupRole: "take_profit", price: price("12") }),
      intent(`${name}-sl`, { ...exit, groupRole: "stop_loss", type: "stop", price: null, stopPrice: price("9") }),
    ];
  };

  return {
    store,
    db,
    clock,
    journal,
    inFlight,
    account,
    intent,
    bracket,
    close: () => store.close(),
    /** Stores orders, the first of them claimed with its legs. */
    async send(intents: readonly NewIntent[]): Promise<void> {
      await db.transaction(async (tx) => {
        for (const each of intents) await orders.insertIntent(tx, each);
        const [first] = intents;
        if (first !== undefined) await orders.claimForSending(tx, { orderId: first.id, now: clock.now(), epoch: 1 });
      });
    },
    async row(name: string): Promise<OrderRow> {
      const found = await orders.find(db, ADA, orderId(name));
      if (found === null) throw new Error(`there is no order ${name}`);
      return found;
    },
    /** What a reconciliation needs, with these books for a broker. */
    reconcileParts: (books: OrderBooks): ReconcileParts => ({
      db,
      clock,
      askedAt: clock.now(),
      audit,
      journal,
      account,
      books,
      inFlight,
      ids: new IdMaker(clock, new SystemRandom()),
      unknown: new UnknownOrders(clock, REMOTE_POLICY),
      finding: null,
      sendAgain: () => false,
      isHeard: () => true,
      cancelFoundAlive: () => undefined,
    }),
  };
}

/** As the broker tells an order like `intent` makes: its id is `v-<name>`. */
export function toldOrder(name: string, changes: Partial<Order> = {}): Order {
  return {
    orderId: venueOrderId(`v-${name}`),
    clientOrderId: clientOrderId(`tdM-${name}`),
    symbol: "AAPL",
    side: "buy",
    type: "limit",
    timeInForce: "gtc",
    extendedHours: false,
    quantity: quantity("100"),
    filledQuantity: quantity("0"),
    averageFillPrice: null,
    price: price("10"),
    stopPrice: null,
    status: "submitted",
    reason: null,
    submittedAt: 1,
    updatedAt: 1,
    ...changes,
  };
}

/** A bracket as a broker tells it that names the exits in its own way. */
export function toldBracket(name: string): readonly [entry: Order, profit: Order, stop: Order] {
  const id = `v-${name}`;
  const exit = (suffix: string) => ({
    ...({ clientOrderId: clientOrderId(`broker-${name}-${suffix}`), side: "sell", isHeld: true } as const),
  });
  return [
    toldOrder(name, { group: { id, role: "entry" } }),
    toldOrder(`${name}-1`, { ...exit("1"), price: price("12"), group: { id, role: "take_profit" } }),
    toldOrder(`${name}-2`, {
      ...exit("2"),
      type: "stop",
      price: null,
      stopPrice: price("9"),
      group: { id, role: "stop_loss" },
    }),
  ];
}

/** A broker with these orders and executions. */
export function booksOf(
  open: readonly Order[],
  { closed = [], fills = [] }: { readonly closed?: readonly Order[]; readonly fills?: readonly Fill[] } = {},
): OrderBooks {
  const all = [...open, ...closed];
  return {
    getOpenOrders: () => Promise.resolve(open),
    getOrderHistory: () => Promise.resolve(all),
    getFills: (since) => Promise.resolve(fills.filter(({ filledAt }) => filledAt >= since)),
    getOrderByClientOrderId: (id) => Promise.resolve(all.find((order) => order.clientOrderId === id) ?? null),
  };
}
