import { randomUUID } from "node:crypto";
import { BrokerError } from "@trenddojo/brokers";
import { createTestStore } from "@trenddojo/db/testing";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createTestClient, type TestClient } from "./testing/createTestClient.ts";
import { createTestDesk, type TestDesk } from "./testing/createTestDesk.ts";
import { losingCommits } from "./testing/losingCommits.ts";
import { faultyRegistry, type Faults } from "./testing/faultyRegistry.ts";
import { setUp } from "./testing/people.ts";
import { refusalOf } from "./testing/refusalOf.ts";
import { until } from "./testing/until.ts";
import type { OrderInput } from "./wire/orders.ts";

const RESTING: OrderInput = {
  type: "limit",
  symbol: "AAPL",
  side: "buy",
  quantity: "1",
  price: "1.00",
  timeInForce: "gtc",
};

const faults: Faults = {};
let desk: TestDesk;
let person: TestClient;
let accountId: string;

beforeAll(async () => {
  // Orders come one after the other here, quicker than a person's.
  desk = await createTestDesk({ wrapRegistry: faultyRegistry(faults) });
  person = createTestClient(desk.url);
  ({ accountId } = await setUp(person));
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

describe("an outcome that is not known", () => {
  it("[SV12] [SV130] [D15] a send that never arrives is repeated twice under its id and, once the broker does not know it, NOT_PLACED", async () => {
    const ids: unknown[] = [];
    faults.placeOrder = () => (order) => {
      ids.push(order.clientOrderId);
      return Promise.reject(new BrokerError("no answer within 10 s", "TIMEOUT", "Paper"));
    };
    const { id } = await place(resting());
    const detail = await until("the verdict", async () => {
      const found = await person.api.orders.get.query({ orderId: id });
      return found.order.state === "NOT_PLACED" ? found : null;
    });
    const sends = ["SENDING", "UNKNOWN"];
    expect(detail.events.map(({ order }) => order.state)).toEqual([
      "INTENT",
      ...sends,
      ...sends,
      ...sends,
      "NOT_PLACED",
    ]);
    expect(ids).toEqual(Array.from({ length: 3 }, () => detail.order.clientOrderId));
  });

  it("[SV383] what is lost at a broker that may take an id twice never goes again", async () => {
    const added = await person.api.brokers.add.mutate({
      broker: "interactive_brokers",
      mode: "mock",
      label: "Takes an id twice",
      credentials: {},
    });
    const accounts = await person.api.accounts.list.query();
    const account = accounts.find(({ connectionId }) => connectionId === added.id);
    const ids: unknown[] = [];
    faults.placeOrder = () => (order) => {
      ids.push(order.clientOrderId);
      return Promise.reject(new BrokerError("the connection was reset", "API_ERROR", "Mock"));
    };
    const order = resting();
    const input = { accountId: account?.id ?? "", idempotencyKey: randomUUID(), order };
    const { id } = await person.api.orders.place.mutate(input);
    const detail = await until("the verdict", async () => {
      const found = await person.api.orders.get.query({ orderId: id });
      return found.order.state === "NOT_PLACED" ? found : null;
    });
    expect(ids).toEqual([detail.order.clientOrderId]);
    await person.api.brokers.remove.mutate({ connectionId: added.id });
  });

  it("[SV130] a send that was lost on the way goes again under its id, and works", async () => {
    const ids: unknown[] = [];
    faults.placeOrder = (client) => (order, options) => {
      ids.push(order.clientOrderId);
      if (ids.length > 1) return client.placeOrder(order, options);
      return Promise.reject(new BrokerError("the connection was reset", "API_ERROR", "Paper"));
    };
    const { id } = await place(resting());
    const detail = await until("the second send", async () => {
      const found = await person.api.orders.get.query({ orderId: id });
      return found.order.state === "WORKING" ? found : null;
    });
    expect(ids).toEqual([detail.order.clientOrderId, detail.order.clientOrderId]);
    expect(detail.events.map(({ message }) => message)).toContain("Sending to the broker again");
    const { alerts } = await person.api.alerts.list.query({ filter: "open" });
    expect(alerts.filter(({ kind }) => kind === "order_unknown")).toEqual([]);
  });

  it("[SV117] [D15] what arrives after it was given up is found, told and canceled", async () => {
    let arrive = (): Promise<unknown> => Promise.resolve();
    faults.placeOrder = (client) => (order) => {
      arrive = () => client.placeOrder(order);
      return Promise.reject(new BrokerError("no answer within 10 s", "TIMEOUT", "Paper"));
    };
    const { id } = await place(resting());
    const inState = (state: string) =>
      until(state, async () => {
        const found = await person.api.orders.get.query({ orderId: id });
        return found.order.state === state ? found : null;
      });
    await inState("NOT_PLACED");
    await arrive();
    const { order, events } = await inState("CANCELED");
    expect(events.map((event) => event.order.state).slice(-4)).toEqual([
      "NOT_PLACED",
      "WORKING",
      "PENDING_CANCEL",
      "CANCELED",
    ]);
    const { alerts } = await person.api.alerts.list.query({ filter: "all" });
    expect(alerts.filter(({ subject }) => subject === order.id).map(({ message }) => message)[0]).toContain(
      "taken for never placed, and the broker has it",
    );
    const { entries } = await person.api.audit.list.query({ search: "order.found_alive" });
    expect(entries.map(({ subject }) => subject)).toEqual([id]);
  });

  it("[SV131] a refusal of the second send says nothing of the first: the broker's books do", async () => {
    let sends = 0;
    faults.placeOrder = () => () => {
      sends += 1;
      return Promise.reject(
        sends === 1
          ? new BrokerError("no answer within 10 s", "TIMEOUT", "Paper")
          : new BrokerError("not enough", "INSUFFICIENT_FUNDS", "Paper"),
      );
    };
    const { id } = await place(resting());
    const detail = await until("the verdict", async () => {
      const found = await person.api.orders.get.query({ orderId: id });
      return found.order.state === "NOT_PLACED" ? found : null;
    });
    expect(detail.events.map(({ order }) => order.state)).not.toContain("REJECTED");
    expect(detail.events.map(({ message }) => message).join()).toContain("Refused when it was sent again: not enough");
  });

  it.each([
    ["by a look for it", false],
    ["because the broker tells of it", true],
  ])("[SV529] a cancel of an order of unknown outcome is made good when it is found %s", async (_how, isTold) => {
    let arrive = (): Promise<unknown> => Promise.resolve();
    faults.placeOrder = (client) => async (order) => {
      // It arrives when the cancel has been asked for, and nobody answers.
      arrive = () => client.placeOrder(order);
      return Promise.reject(new BrokerError("no answer within 10 s", "TIMEOUT", "Paper"));
    };
    let answer = (): void => undefined;
    const isHeld = new Promise<void>((resolve) => (answer = resolve));
    faults.getOrderByClientOrderId = (client) => async (id, options) => {
      await isHeld;
      return client.getOrderByClientOrderId(id, options);
    };
    const { id } = await place(resting());
    expect(await refusalOf(person.api.orders.cancel.mutate({ orderId: id }))).toMatchObject({
      code: "OUTCOME_UNKNOWN",
    });
    if (!isTold) faults.getOpenOrders = (client) => (options) => isHeld.then(() => client.getOpenOrders(options));
    await arrive();
    answer();
    const { events } = await until("its end", async () => {
      const found = await person.api.orders.get.query({ orderId: id });
      return found.order.state === "CANCELED" ? found : null;
    });
    expect(events.map(({ order }) => order.state).slice(-3)).toEqual(["WORKING", "PENDING_CANCEL", "CANCELED"]);
  });

  it("[SV132] an order of unknown outcome that is taken back is not sent again", async () => {
    let sends = 0;
    let fail = (_error: Error): void => undefined;
    faults.placeOrder = () => () => {
      sends += 1;
      return new Promise((_resolve, reject) => (fail = reject));
    };
    let answer = (): void => undefined;
    const isHeld = new Promise<void>((resolve) => (answer = resolve));
    faults.getOrderByClientOrderId = () => () => isHeld.then(() => null);
    const placing = place(resting());
    await until("the send", () => sends === 1);
    fail(new BrokerError("the connection was reset", "API_ERROR", "Paper"));
    const { id } = await placing;
    expect(await refusalOf(person.api.orders.cancel.mutate({ orderId: id }))).toMatchObject({
      code: "OUTCOME_UNKNOWN",
    });
    answer();
    await until("the verdict", async () => {
      const { order } = await person.api.orders.get.query({ orderId: id });
      return order.state === "NOT_PLACED";
    });
    expect(sends).toBe(1);
  });

  it("[SV132] nor is one that is taken back while its second send is under way", async () => {
    let sends = 0;
    let fail = (_error: Error): void => undefined;
    faults.placeOrder = () => () => {
      sends += 1;
      const lost = new BrokerError("the connection was reset", "API_ERROR", "Paper");
      return sends === 2 ? new Promise((_resolve, reject) => (fail = reject)) : Promise.reject(lost);
    };
    const { id } = await place(resting());
    await until("the second send", () => sends === 2);
    expect(await refusalOf(person.api.orders.cancel.mutate({ orderId: id }))).toMatchObject({ code: "TIMEOUT" });
    fail(new BrokerError("the connection was reset", "API_ERROR", "Paper"));
    await until("the verdict", async () => {
      const { order } = await person.api.orders.get.query({ orderId: id });
      return order.state === "NOT_PLACED";
    });
    expect(sends).toBe(2);
  });

  it("[SV13] what its client never sent is told so, and was never sent", async () => {
    const unsent = new BrokerError("16 wait already; nothing was sent", "RATE_LIMIT_EXCEEDED", "Paper", {
      outcome: "refused",
      details: { unsent: "queue_full", queued: 16 },
    });
    faults.placeOrder = () => () => Promise.reject(unsent);
    const { id } = await place(resting());
    const { order, events } = await person.api.orders.get.query({ orderId: id });
    expect(order).toMatchObject({ state: "REJECTED", reason: { code: "RATE_LIMIT_EXCEEDED", params: { queued: 16 } } });
    expect(order.sentAt).toBeNull();
    expect(events.at(-1)?.message).toBe("Not sent: 16 wait already; nothing was sent");
  });

  it("[SV12] [D15] a send that arrived without an answer is found by its id and goes on working", async () => {
    faults.placeOrder = (client) => async (order, options) => {
      await client.placeOrder(order, options);
      throw new BrokerError("the connection was reset", "API_ERROR", "Paper");
    };
    const { id } = await place(resting());
    const detail = await until("the evidence", async () => {
      const found = await person.api.orders.get.query({ orderId: id });
      return found.order.state === "WORKING" ? found : null;
    });
    expect(detail.order.venueOrderId).not.toBeNull();
    expect(detail.events.map(({ order }) => order.state)).not.toContain("NOT_PLACED");
  });

  it("[SV13] a plain refusal of the broker is REJECTED with its code and numbers", async () => {
    const refusal = new BrokerError("needs 10 and 5 is there", "INSUFFICIENT_FUNDS", "Paper", {
      details: { required: "10", available: "5" },
    });
    faults.placeOrder = () => () => Promise.reject(refusal);
    const order = await place(resting());
    expect(order).toMatchObject({
      state: "REJECTED",
      reason: { code: "INSUFFICIENT_FUNDS", params: { required: "10", available: "5" } },
    });
  });
});

describe("an answer that is lost", () => {
  it("[SV19] a cancel that the broker never answers is of unknown outcome once the connection closes, and settles after", async () => {
    await using desk = await createTestDesk({ wrapRegistry: faultyRegistry(faults) });
    await using person = createTestClient(desk.url);
    const { accountId, connectionId } = await setUp(person);
    const { id } = await person.api.orders.place.mutate({ accountId, idempotencyKey: randomUUID(), order: RESTING });
    let isAsked = false;
    faults.cancelOrder = () => () => {
      isAsked = true;
      return new Promise<never>(() => undefined);
    };
    const cancel = refusalOf(person.api.orders.cancel.mutate({ orderId: id }));
    await until("the request", () => isAsked);
    await person.api.brokers.disconnect.mutate({ connectionId });
    expect(await cancel).toMatchObject({ code: "TIMEOUT", outcome: "unknown" });
    expect((await person.api.orders.get.query({ orderId: id })).order.state).toBe("PENDING_CANCEL");
    await person.api.brokers.connect.mutate({ connectionId });
    await until("the evidence", async () => {
      const { order } = await person.api.orders.get.query({ orderId: id });
      return order.state === "WORKING";
    });
  });

  it("[SV32] of an order that may be stored, the outcome is unknown, and its key finds it", async () => {
    await using store = await createTestStore();
    const losing = losingCommits(store);
    await using desk = await createTestDesk({ store: losing.store });
    await using person = createTestClient(desk.url);
    const { accountId } = await setUp(person);
    const input = { accountId, idempotencyKey: randomUUID(), order: RESTING };
    losing.loseNext();
    expect(await refusalOf(person.api.orders.place.mutate(input))).toMatchObject({
      code: "INTERNAL",
      outcome: "unknown",
    });
    expect((await person.api.orders.place.mutate(input)).state).toBe("WORKING");
    expect((await person.api.orders.list.query({})).orders).toHaveLength(1);
  });

  it("[SV32] a broker that cannot be asked for the facts has refused: nothing was stored", async () => {
    await using desk = await createTestDesk({ wrapRegistry: faultyRegistry(faults) });
    await using person = createTestClient(desk.url);
    const { accountId } = await setUp(person);
    faults.getBalances = () => () => Promise.reject(new BrokerError("no answer", "TIMEOUT", "Paper"));
    const refusal = await refusalOf(
      person.api.orders.place.mutate({ accountId, idempotencyKey: randomUUID(), order: RESTING }),
    );
    delete faults.getBalances;
    expect(refusal).toMatchObject({ code: "TIMEOUT", outcome: "refused" });
    expect((await person.api.orders.list.query({})).orders).toEqual([]);
  });
});
