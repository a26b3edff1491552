import { SystemRandom } from "@trenddojo/brokers";
import {
  executionId,
  money,
  orderId,
  price,
  quantity,
  type Fill,
  type Order,
  type OrderEvent,
  type OrderUpdateEvent,
} from "@trenddojo/brokers/domain";
import { audit, orderEvents, orders } from "@trenddojo/db";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { IdMaker } from "../lib/IdMaker.ts";
import { SerialQueue } from "../lib/SerialQueue.ts";
import { TaskSet } from "../lib/TaskSet.ts";
import { refreshOrder } from "../reconciliation/refreshOrder.ts";
import { booksOf, createJournalKit, toldOrder } from "../testing/createJournalKit.ts";
import { reconcileAccount } from "../reconciliation/reconcileAccount.ts";
import { applyFill } from "./applyFill.ts";
import { applySnapshot } from "./applySnapshot.ts";
import { BrokerUpdates } from "./BrokerUpdates.ts";

let kit: Awaited<ReturnType<typeof createJournalKit>>;
beforeAll(async () => {
  kit = await createJournalKit();
});
afterAll(() => kit.close());

/** As the broker tells it where it changed the quantity and filled so much of it. */
const of = (filled: string, all: string, changes: Partial<Order> = {}): Partial<Order> => ({
  status: filled === all ? "filled" : "partially_filled",
  filledQuantity: quantity(filled),
  averageFillPrice: price("10"),
  quantity: quantity(all),
  ...changes,
});
const snapshot = (name: string, changes: Partial<Order> = {}) =>
  applySnapshot(kit.journal, orderId(name), toldOrder(name, changes), { endsPending: false, now: kit.clock.now() });
const execution = (name: string, shares: string, nth = 1): Fill => ({
  executionId: executionId(`x-${name}-${nth}`),
  orderId: toldOrder(name).orderId,
  clientOrderId: toldOrder(name).clientOrderId,
  symbol: "AAPL",
  side: "buy",
  quantity: quantity(shares),
  price: price("10"),
  fees: money("0"),
  filledAt: 5,
  reason: null,
});
const fill = (name: string, shares: string, nth = 1) =>
  applyFill(orderId(name), execution(name, shares, nth), { journal: kit.journal, id: `f-${name}-${nth}`, now: 5 });
/** Stored, sent and taken: 100 at 10. */
const work = async (name: string) => {
  await kit.send([kit.intent(name)]);
  await snapshot(name);
};
const replace = (name: string) =>
  kit.journal.record(orderId(name), () => ({
    event: "request_replace" satisfies OrderEvent,
    message: "",
    action: null,
    userId: null,
  }));
const reconcile = async (closed: readonly Order[], fills: readonly Fill[]) => {
  const parts = kit.reconcileParts(booksOf([], { closed, fills }));
  await reconcileAccount(parts, "recent");
  await reconcileAccount(parts, "open");
};
const refresh = async (order: Order, fill: Fill) => {
  const [row] = await orders.listByState(kit.db, ["PENDING_REPLACE"], kit.account.id);
  if (row === undefined) throw new Error("no order is being changed");
  return refreshOrder(kit.reconcileParts(booksOf([order], { fills: [fill] })), row);
};
const push = async (event: OrderUpdateEvent) => {
  const { account, db, clock, journal, inFlight } = kit;
  const [tasks, ids] = [new TaskSet(pino({ enabled: false })), new IdMaker(clock, new SystemRandom())];
  const onStrange = () => {
    throw new Error("an order that nobody placed");
  };
  const parts = { account, db, clock, ids, journal, updates: new SerialQueue(), inFlight, tasks, onStrange };
  using told = new BrokerUpdates(parts);
  await told.apply(event);
};
const actions = async (name: string) => {
  const query = { userId: kit.account.userId, chains: [`account:${kit.account.id}`], limit: 100 };
  const { entries } = await audit.page(kit.db, query);
  return entries.filter(({ subject }) => subject === name).map(({ action }) => action);
};
const newest = async (name: string) => (await orderEvents.listByOrder(kit.db, orderId(name))).at(-1)?.payload;

describe("the terms of an order that is filled in part", () => {
  it("[SV62] shrink with its group, and the rest of it fills it whole", async () => {
    await work("exit");
    await fill("exit", "40");
    expect(await snapshot("exit", of("40", "80"))).toMatchObject({ state: "PARTIALLY_FILLED", quantity: "80" });
    expect(await newest("exit")).toMatchObject({ type: "replaced", message: "Changed to 80 shares, limit 10.00" });
    const { revision } = await kit.row("exit");
    await snapshot("exit", of("40", "80"));
    expect((await kit.row("exit")).revision).toBe(revision);
    expect(await fill("exit", "40", 2)).toMatchObject({ state: "FILLED", filledQuantity: "80" });
    await snapshot("exit", of("80", "80"));
    expect(await kit.row("exit")).toMatchObject({ state: "FILLED", quantity: "80", revision: revision + 1 });
  });

  it("[SV51] follow a split", async () => {
    await work("split");
    await fill("split", "40");
    const row = await snapshot("split", of("40", "160", { price: price("5") }));
    expect(row).toMatchObject({ state: "PARTIALLY_FILLED", quantity: "160", price: "5" });
  });

  it("[SV62] are taken over before its executions come, and while it is being canceled", async () => {
    await work("early");
    expect(await snapshot("early", of("40", "80"))).toMatchObject({ state: "WORKING", quantity: "80" });
    const cancel = { event: "request_cancel", message: "", action: null, userId: null } as const;
    await kit.journal.record(orderId("early"), () => cancel);
    await fill("early", "40");
    expect(await snapshot("early", of("40", "60"))).toMatchObject({ state: "PENDING_CANCEL", quantity: "60" });
  });

  it("[SV62] end with it: shrunk to what was filled of it, it is filled, in state, event and audit", async () => {
    await work("ends");
    await fill("ends", "60");
    const why = { rule: "PX30", text: "met the ask", params: {} };
    const row = await snapshot("ends", of("60", "60", { why }));
    expect(row).toMatchObject({ state: "FILLED", quantity: "60", reason: null, why });
    const message = "Changed to 60 shares, limit 10.00. Filled";
    expect(await newest("ends")).toMatchObject({ type: "state", message });
    const query = { userId: kit.account.userId, chains: [`account:${kit.account.id}`], limit: 1 };
    expect((await audit.page(kit.db, query)).entries).toMatchObject([{ action: "order.filled" }]);

    await work("canceled");
    await fill("canceled", "40");
    const over = of("40", "60", { status: "canceled", reason: "by hand" });
    expect(await snapshot("canceled", over)).toMatchObject({ state: "CANCELED", quantity: "60" });
    const ended = "Changed to 60 shares, limit 10.00. Canceled: by hand";
    expect(await newest("canceled")).toMatchObject({ type: "state", message: ended });
  });

  it("[SV62] are those of the fill where its change and its fill were told the wrong way round", async () => {
    await work("late");
    await fill("late", "60");
    expect(await snapshot("late", of("60", "60", { status: "partially_filled" }))).toMatchObject({ quantity: "60" });
    expect(await snapshot("late", of("60", "60"))).toMatchObject({ state: "FILLED" });
  });

  it("[SV62] stay as they ended, whatever older snapshot comes after", async () => {
    await work("over");
    await fill("over", "60");
    await snapshot("over", of("60", "60"));
    const { revision } = await kit.row("over");
    for (const status of ["submitted", "partially_filled", "filled"] as const) {
      await snapshot("over", of("60", "100", { status }));
      expect(await kit.row("over")).toMatchObject({ state: "FILLED", quantity: "60", revision });
    }
  });

  it.each([
    ["at once", "60"],
    ["in parts", "20"],
  ])("[SV62] that shrank and was filled %s while nobody looked is found filled", async (_name, first) => {
    const name = `away-${first}`;
    await work(name);
    if (first !== "60") await fill(name, first);
    const fills = first === "60" ? [execution(name, "60")] : [execution(name, first), execution(name, "40", 2)];
    await reconcile([toldOrder(name, of("60", "60"))], fills);
    expect(await kit.row(name)).toMatchObject({ state: "FILLED", quantity: "60", filledQuantity: "60" });
  });

  const told = (name: string) => snapshot(name, of("60", "60"));
  it.each<readonly [string, (name: string) => Promise<unknown>]>([
    ["its fill is told, then its change", (name) => fill(name, "60").then(() => told(name))],
    ["its change is told, then its fill", (name) => told(name).then(() => fill(name, "60"))],
    ["both are found", (name) => reconcile([toldOrder(name, of("60", "60"))], [execution(name, "60")])],
  ])("[SV62] whose change was never answered do not leave it open when it fills: %s", async (way, happen) => {
    const name = way.replaceAll(" ", "-");
    await work(name);
    await replace(name);
    await happen(name);
    expect(await kit.row(name)).toMatchObject({ state: "FILLED", quantity: "60", filledQuantity: "60" });
  });

  const grown = of("100", "150", { price: price("10.05") });
  const row = { state: "PARTIALLY_FILLED", quantity: "150", filledQuantity: "100", price: "10.05" };
  it.each<readonly [string, (order: Order, fill: Fill) => Promise<unknown>]>([
    ["a look finds both", (order, fill) => reconcile([order], [fill])],
    ["it is asked for", async (order, fill) => refresh(order, fill)],
    ["its fill is told", async (order, fill) => push({ type: "fill", order, fill })],
  ])("[SV62] that grew are known before executions are counted against them: %s", async (way, happen) => {
    const name = `grew ${way}`.replaceAll(" ", "-");
    await work(name);
    await replace(name);
    await happen(toldOrder(name, grown), execution(name, "100"));
    expect(await kit.row(name)).toMatchObject(row);
    await fill(name, "50", 2);
    expect(await kit.row(name)).toMatchObject({ ...row, state: "FILLED", filledQuantity: "150" });
  });

  it.each(["filled", "canceled"] as const)(
    "[SV62] that grew are known of an order that was %s while nobody looked",
    async (status) => {
      const name = `grown-${status}`;
      await work(name);
      await replace(name);
      const shares = status === "filled" ? "150" : "120";
      await reconcile(
        [toldOrder(name, { ...grown, filledQuantity: quantity(shares), status })],
        [execution(name, shares)],
      );
      const state = status === "filled" ? "FILLED" : "CANCELED";
      expect(await kit.row(name)).toMatchObject({ ...row, state, filledQuantity: shares });
      expect(await actions(name)).not.toContain("order.overfilled");
      expect(await actions(name)).not.toContain("order.filled_late");
    },
  );

  it.each(["being changed", "working"])(
    "[SV62] of an order that is over there and %s here are asked for, once, before its executions are booked",
    async (state) => {
      const name = `gone-${state}`.replaceAll(" ", "-");
      await work(name);
      if (state === "being changed") await replace(name);
      const order = toldOrder(name, of("150", "150", { price: price("10.05") }));
      const executions = [execution(name, "100"), execution(name, "50", 2)];
      let asked = 0;
      const books = booksOf([], { closed: [order], fills: executions });
      const counted = (id: string) => {
        asked += 1;
        return books.getOrderByClientOrderId(id);
      };
      await reconcileAccount(kit.reconcileParts({ ...books, getOrderByClientOrderId: counted }), "open");
      expect(await kit.row(name)).toMatchObject({ ...row, state: "FILLED", filledQuantity: "150" });
      expect(asked).toBe(1);
      expect(await actions(name)).not.toContain("order.overfilled");
    },
  );

  it("[SV62] are asked for again where an order was executed after it was told of", async () => {
    await work("raced");
    const now = toldOrder("raced", of("100", "150"));
    const books = booksOf([toldOrder("raced")], { fills: [execution("raced", "100")] });
    await reconcileAccount(
      kit.reconcileParts({ ...books, getOrderByClientOrderId: () => Promise.resolve(now) }),
      "open",
    );
    expect(await kit.row("raced")).toMatchObject({ state: "PARTIALLY_FILLED", quantity: "150", filledQuantity: "100" });
  });

  it("[SV62] that differ from a pending change's old ones are its answer, filled in part or not", async () => {
    await work("answered");
    await fill("answered", "40");
    await replace("answered");
    expect(await snapshot("answered", of("40", "100"))).toMatchObject({ state: "PENDING_REPLACE" });
    expect(await snapshot("answered", of("40", "60"))).toMatchObject({ state: "PARTIALLY_FILLED", quantity: "60" });
  });
});
