import { randomUUID } from "node:crypto";
import { BrokerError } from "@trenddojo/brokers";
import { createTestStore } from "@trenddojo/db/testing";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createTestClient, type TestClient } from "./testing/createTestClient.ts";
import { createTestDesk, type TestDesk } from "./testing/createTestDesk.ts";
import { faultyRegistry, type Faults } from "./testing/faultyRegistry.ts";
import { JumpClock } from "./testing/JumpClock.ts";
import { MortalClock } from "./testing/MortalClock.ts";
import { builtIn, setUp } from "./testing/people.ts";
import { refusalOf } from "./testing/refusalOf.ts";
import { until } from "./testing/until.ts";
import type { OrderEventView, OrderInput, OrderView } from "./wire/orders.ts";

const RESTING: OrderInput = {
  type: "limit",
  symbol: "AAPL",
  side: "buy",
  quantity: "1",
  price: "1.00",
  timeInForce: "gtc",
};

const faults: Faults = {};
const clock = new JumpClock();
let desk: TestDesk;
let person: TestClient;
let accountId: string;
let connectionId: string;

beforeAll(async () => {
  // Orders come one after the other here, quicker than a person's.
  desk = await createTestDesk({ wrapRegistry: faultyRegistry(faults), clock });
  person = createTestClient(desk.url);
  ({ accountId, connectionId } = await setUp(person));
});
afterEach(() => {
  delete faults.placeOrder;
  delete faults.cancelOrder;
  delete faults.getOrderByClientOrderId;
});
afterAll(async () => {
  await person[Symbol.asyncDispose]();
  await desk[Symbol.asyncDispose]();
});

let cents = 100;
/** No two alike, so that the rule against repetition stays out of the way. */
const resting = (quantity = "1"): OrderInput => ({ ...RESTING, quantity, price: ((cents += 1) / 100).toFixed(2) });
const place = (order: OrderInput, idempotencyKey: string = randomUUID()) =>
  person.api.orders.place.mutate({ accountId, idempotencyKey, order });

describe("one key, one order", () => {
  it("[SV10] [D15] twenty parallel calls with one key place one order and get the same answer", async () => {
    using _sameMoment = clock.hold();
    const idempotencyKey = randomUUID();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => person.api.orders.place.mutate({ accountId, idempotencyKey, order: RESTING })),
    );
    const [orderId = "", ...others] = new Set(answers.map(({ id }) => id));
    expect(others).toEqual([]);
    await until(
      "the order works",
      async () => (await person.api.orders.get.query({ orderId })).order.state === "WORKING",
    );
    const sent = (await person.api.orders.list.query({})).orders.filter(({ price }) => price === "1");
    expect(sent).toHaveLength(1);

    const other = { ...RESTING, quantity: "2" };
    expect(await refusalOf(person.api.orders.place.mutate({ accountId, idempotencyKey, order: other }))).toMatchObject({
      code: "IDEMPOTENCY_KEY_REUSED",
      httpStatus: 409,
    });
    // The same order under a new key, at once, is a double click on a new ticket.
    expect(
      await refusalOf(person.api.orders.place.mutate({ accountId, idempotencyKey: randomUUID(), order: RESTING })),
    ).toMatchObject({
      code: "DUPLICATE_ORDER",
    });
  });

  it("[SV11] orders placed at once cannot pass a limit together that each would pass alone", async () => {
    // 10 % of 100,000 is the most in one symbol: two orders of 4,000 fit, a third does not.
    const order = (price: string): OrderInput => ({ ...RESTING, quantity: "40", price });
    const results = await Promise.allSettled(
      ["100.00", "100.01", "100.02", "100.03", "100.04"].map((price) =>
        person.api.orders.place.mutate({ accountId, idempotencyKey: randomUUID(), order: order(price) }),
      ),
    );
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(2);
    const { orders } = await person.api.orders.list.query({});
    expect(orders.filter(({ state, quantity }) => state === "DENIED" && quantity === "40")).toHaveLength(3);
    await Promise.all(
      orders
        .filter(({ state }) => state === "WORKING")
        .map(({ id }) => person.api.orders.cancel.mutate({ orderId: id })),
    );
  });
});

describe("a restart", () => {
  it("[SV14] keeps sessions, orders, positions and cash", async () => {
    await using store = await createTestStore();
    const keyEncryptionKey = Buffer.alloc(32, 7);
    let cookie = "";
    let before: { orders: OrderView[]; cash: string; quantity: string | undefined };
    {
      await using desk = await createTestDesk({ store, keyEncryptionKey });
      await using person = createTestClient(desk.url);
      const { accountId } = await setUp(person);
      const market: OrderInput = { type: "market", symbol: "MSFT", side: "buy", quantity: "3" };
      const bought = await person.api.orders.place.mutate({ accountId, idempotencyKey: randomUUID(), order: market });
      await until(
        "the fill",
        async () => (await person.api.orders.get.query({ orderId: bought.id })).order.state === "FILLED",
      );
      await person.api.orders.place.mutate({ accountId, idempotencyKey: randomUUID(), order: RESTING });
      const { orders } = await person.api.orders.list.query({});
      const portfolio = await person.api.accounts.portfolio.query({ accountId });
      before = { orders, cash: portfolio.balances.cash, quantity: portfolio.positions[0]?.quantity };
      cookie = person.cookie();
    }
    await using desk = await createTestDesk({ store, keyEncryptionKey });
    await using person = createTestClient(desk.url);
    person.setCookie(cookie);
    const { accountId } = await builtIn(person);
    expect((await person.api.orders.list.query({})).orders).toEqual(before.orders);
    const portfolio = await person.api.accounts.portfolio.query({ accountId });
    expect({ cash: portfolio.balances.cash, quantity: portfolio.positions[0]?.quantity }).toEqual({
      cash: before.cash,
      quantity: "3",
    });
    const working = before.orders.find(({ state }) => state === "WORKING");
    expect((await person.api.orders.cancel.mutate({ orderId: working?.id ?? "" })).state).toBe("CANCELED");
  });

  it("[SV15] [SV130] an order on the wire when the process died is found, or sent again where it never arrived", async () => {
    await using store = await createTestStore();
    const keyEncryptionKey = Buffer.alloc(32, 7);
    const clock = new MortalClock();
    const never = new Promise<never>(() => undefined);
    const placed: string[] = [];
    let cookie = "";
    {
      // The first order reaches the broker and the answer never comes; the second is lost on the way.
      const placeOrder: Faults["placeOrder"] = (client) => async (order, options) => {
        if (placed.length === 0) await client.placeOrder(order, options);
        placed.push(order.clientOrderId ?? "");
        return never;
      };
      const desk = await createTestDesk({
        store,
        keyEncryptionKey,
        clock,
        wrapRegistry: faultyRegistry({ placeOrder }),
      });
      const person = createTestClient(desk.url);
      const { accountId } = await setUp(person);
      cookie = person.cookie();
      for (const quantity of ["1", "2"]) {
        void person.api.orders.place
          .mutate({ accountId, idempotencyKey: randomUUID(), order: { ...RESTING, quantity } })
          .catch(() => undefined);
        await until("the send", () => placed.length === Number(quantity));
      }
      await person[Symbol.asyncDispose]();
      clock.die();
    }
    await using desk = await createTestDesk({ store, keyEncryptionKey });
    await using person = createTestClient(desk.url);
    person.setCookie(cookie);
    const orders = await until("both at work", async () => {
      const page = await person.api.orders.list.query({});
      return page.orders.every(({ state }) => state === "WORKING") ? page.orders : null;
    });
    const histories = await Promise.all(orders.map(({ id }) => person.api.orders.get.query({ orderId: id })));
    const sends = histories.map(({ order, events }) => [
      order.quantity,
      events.filter(({ message }) => message.startsWith("Sending to the broker")).length,
    ]);
    expect(sends).toEqual([
      ["2", 2],
      ["1", 1],
    ]);
  });
});

describe("order events", () => {
  it("[SV16] resume after a cut socket without loss and without repetition", async () => {
    const seen: OrderEventView[] = [];
    let isOpen = false;
    const stream = person.api.orders.events.subscribe(
      {},
      { onStarted: () => void (isOpen = true), onData: ({ data }) => void seen.push(data) },
    );
    await until("the stream", () => isOpen);
    await place(resting("1"));
    await until("the first events", () => seen.length >= 3);
    for (let quantity = 2; quantity <= 6; quantity += 1) {
      person.cutSocket();
      await place(resting(String(quantity)));
    }
    await until("all events", () => seen.at(-1)?.order.quantity === "6" && seen.at(-1)?.order.state === "WORKING");
    expect(seen.map(({ sequence }) => sequence)).toEqual(seen.map((_, index) => (seen[0]?.sequence ?? 0) + index));
    stream.unsubscribe();
  });

  it("[SV16] tell all of the past to who names its beginning, though nothing new happens", async () => {
    await place(resting());
    const seen: number[] = [];
    const stream = person.api.orders.events.subscribe(
      { lastEventId: "0" },
      { onData: ({ data }) => void seen.push(data.sequence) },
    );
    await until("the past", () => seen.length >= 3);
    expect(seen.slice(0, 3)).toEqual([1, 2, 3]);
    stream.unsubscribe();
  });

  it("[SV36] each stored change of an order has a higher revision, in events and answers alike", async () => {
    const { id } = await place(resting());
    const changed = await person.api.orders.modify.mutate({ orderId: id, changes: { quantity: "2" } });
    const canceled = await person.api.orders.cancel.mutate({ orderId: id });
    const { order, events } = await person.api.orders.get.query({ orderId: id });
    const revisions = events.map((event) => event.order.revision);
    expect(revisions[0]).toBe(0);
    expect(new Set(revisions).size).toBe(revisions.length);
    expect(revisions).toEqual(revisions.toSorted((a, b) => a - b));
    expect(canceled.revision).toBeGreaterThan(changed.revision);
    expect([revisions.at(-1), canceled.revision]).toEqual([order.revision, order.revision]);
  });

  it("[SV16] an id that was never given out is refused", async () => {
    const code = await new Promise((resolve) => {
      person.api.orders.events.subscribe(
        { lastEventId: "999" },
        { onError: (error) => resolve(error.data?.desk.code) },
      );
    });
    expect(code).toBe("INVALID_INPUT");
  });
});

describe("a disconnected account", () => {
  it("[SV17] refuses orders until it is connected again, and a read-only view stays", async () => {
    const known = await person.api.accounts.portfolio.query({ accountId });
    const states: (string | undefined)[] = [];
    const statuses = person.api.brokers.statuses.subscribe(undefined, {
      onData: ([built]) => void states.push(built?.status.state),
    });
    await until("the status at once", () => states.at(-1) === "connected");
    const off = await person.api.brokers.disconnect.mutate({ connectionId });
    expect(off).toMatchObject({ desired: "disconnected", status: { state: "disconnected" } });
    await until("the change", () => states.at(-1) === "disconnected");
    expect(await refusalOf(place(resting()))).toMatchObject({ code: "NOT_CONNECTED", httpStatus: 412 });
    expect((await person.api.accounts.portfolio.query({ accountId })).balances.cash).toBe(known.balances.cash);
    expect(await refusalOf(person.api.brokers.remove.mutate({ connectionId }))).toMatchObject({ code: "FORBIDDEN" });
    const on = await person.api.brokers.connect.mutate({ connectionId });
    expect(on).toMatchObject({ desired: "connected", status: { isConnected: true } });
    await until("the change back", () => states.at(-1) === "connected");
    statuses.unsubscribe();
    expect((await place(resting())).state).toBe("WORKING");
  });

  it("[SV35] a connection that was stored and cannot be opened at once is added all the same, and opens later", async () => {
    const known = (await person.api.brokers.list.query()).length;
    faults.connect = () => () => {
      delete faults.connect;
      return Promise.reject(new BrokerError("the line is down", "CONNECTION_FAILED", "Paper"));
    };
    const added = await person.api.brokers.add.mutate({
      broker: "paper",
      mode: "paper",
      label: "Second",
      credentials: {},
    });
    expect(await person.api.brokers.list.query()).toHaveLength(known + 1);
    await until("the connection", async () => {
      const found = (await person.api.brokers.list.query()).find(({ id }) => id === added.id);
      return found?.status.isConnected;
    });
    await person.api.brokers.remove.mutate({ connectionId: added.id });
  });

  it("[SV34] a portfolio in which nothing changes is heard again every few seconds", async () => {
    await using desk = await createTestDesk();
    await using person = createTestClient(desk.url);
    const { accountId } = await setUp(person);
    const heard: string[] = [];
    const updates = person.api.accounts.portfolioUpdates.subscribe(
      { accountId },
      { onData: ({ receivedAt }) => void heard.push(receivedAt) },
    );
    await until("the second", () => heard.length > 1);
    updates.unsubscribe();
    expect(Date.parse(heard[1] ?? "") - Date.parse(heard[0] ?? "")).toBeGreaterThanOrEqual(2_500);
  });

  it("[SV18] a mock broker can be added, trades, and is removed with its credentials", async () => {
    const catalog = await person.api.brokers.catalog.query();
    expect(catalog.map(({ key }) => key)).toEqual(["paper", "alpaca", "interactive_brokers"]);
    const added = await person.api.brokers.add.mutate({
      broker: "alpaca",
      mode: "mock",
      label: "Try-out",
      credentials: {},
    });
    const account = (await person.api.accounts.list.query()).find(({ connectionId }) => connectionId === added.id);
    const order = await person.api.orders.place.mutate({
      accountId: account?.id ?? "",
      idempotencyKey: randomUUID(),
      order: RESTING,
    });
    expect(order).toMatchObject({ state: "WORKING", mode: "mock" });
    expect(order.clientOrderId).toMatch(/^tdM-/);
    const refused = await refusalOf(
      person.api.brokers.add.mutate({ broker: "alpaca", mode: "live", label: "Real", credentials: {} }),
    );
    expect(refused.code).toBe("LIVE_UNAVAILABLE");
    const remove = () => person.api.brokers.remove.mutate({ connectionId: added.id });
    expect(await refusalOf(remove())).toMatchObject({ code: "OPEN_ORDERS" });
    await person.api.orders.cancel.mutate({ orderId: order.id });
    await until("no working order", async () => {
      const { orders } = await person.api.orders.list.query({ accountId: order.accountId, filter: "open" });
      return orders.length === 0;
    });
    await remove();
    expect(await person.api.brokers.list.query()).toHaveLength(1);
  });
});
