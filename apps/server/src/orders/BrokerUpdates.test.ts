import { SystemRandom } from "@trenddojo/brokers";
import { price, quantity, type Order } from "@trenddojo/brokers/domain";
import { orderEvents } from "@trenddojo/db";
import { pino } from "pino";
import { afterAll, beforeAll, expect, it } from "vitest";
import { IdMaker } from "../lib/IdMaker.ts";
import { SerialQueue } from "../lib/SerialQueue.ts";
import { TaskSet } from "../lib/TaskSet.ts";
import { booksOf, createJournalKit, toldOrder } from "../testing/createJournalKit.ts";
import { reconcileAccount } from "../reconciliation/reconcileAccount.ts";
import { BrokerUpdates } from "./BrokerUpdates.ts";

let kit: Awaited<ReturnType<typeof createJournalKit>>;
beforeAll(async () => {
  kit = await createJournalKit();
});
afterAll(() => kit.close());

/** A stop for 100 that trails by 1 and stands at 9, and what its broker tells of it. */
async function trailing(name: string) {
  const terms = { type: "stop", price: null, side: "sell" } as const;
  await kit.send([kit.intent(name, { ...terms, trailBy: "amount", trailValue: price("1") })]);
  const { account, db, clock, journal, inFlight } = kit;
  const updates = new SerialQueue();
  const tasks = new TaskSet(pino({ enabled: false }));
  const onStrange = () => {
    throw new Error("an order that nobody placed");
  };
  const ids = new IdMaker(clock, new SystemRandom());
  const told = new BrokerUpdates({ account, db, clock, ids, journal, updates, inFlight, tasks, onStrange });
  const order = (stop: string, changes: Partial<Order> = {}) =>
    toldOrder(name, { ...terms, stopPrice: price(stop), trail: { by: "amount", value: "1" }, ...changes });
  const push = (stop: string, changes?: Partial<Order>) =>
    updates.run(() => told.apply({ type: "order", order: order(stop, changes) }));
  await push("9");
  return {
    order,
    push,
    updates,
    row: () => kit.row(name),
    messages: async () =>
      (await orderEvents.listByOrder(db, (await kit.row(name)).id)).map(({ payload }) => payload["message"]),
    /** The pause after a told move is over. */
    async pauseEnds() {
      await clock.advance(1_000);
      await tasks.idle();
    },
    [Symbol.dispose]: () => told[Symbol.dispose](),
  };
}

it("[SV49] a move does not undo what was told after it, in the same moment or in its pause", async () => {
  using stop = await trailing("overtaken");
  await Promise.all([stop.push("9.5"), stop.push("9.5", { quantity: quantity("30") })]);
  expect(await stop.row()).toMatchObject({ stopPrice: "9.5", quantity: "30" });
  await stop.push("9.6", { quantity: quantity("30") });
  await stop.push("9.7", { quantity: quantity("20") });
  await stop.pauseEnds();
  expect(await stop.row()).toMatchObject({ stopPrice: "9.7", quantity: "20" });
  expect(await stop.messages()).toEqual([
    "Working at the broker",
    "The stop trails at 9.50",
    "Changed to 30 shares, stop 9.50",
    "Changed to 20 shares, stop 9.70",
  ]);
});

it("[SV49] a move that waited is told where the stop stands, and is older than what was reconciled meanwhile", async () => {
  using stop = await trailing("reconciled");
  await stop.push("9.1");
  await stop.push("9.2");
  const books = booksOf([stop.order("9.4", { quantity: quantity("30") })]);
  await stop.updates.run(() => reconcileAccount(kit.reconcileParts(books), "open"));
  await stop.pauseEnds();
  expect(await stop.row()).toMatchObject({ stopPrice: "9.4", quantity: "30" });
});

it("[SV49] the last of a pause's moves is always told, also where the next comes as the pause ends", async () => {
  using stop = await trailing("last");
  for (const at of ["9.1", "9.2", "9.3"]) await stop.push(at);
  expect(await stop.row()).toMatchObject({ stopPrice: "9.1" });
  // It stands in the queue when the pause ends, and is the one to be told.
  const queued = stop.push("9.4");
  await stop.pauseEnds();
  await queued;
  expect(await stop.row()).toMatchObject({ stopPrice: "9.4" });
  await stop.push("9.5");
  expect(await stop.row()).toMatchObject({ stopPrice: "9.4" });
  await stop.pauseEnds();
  expect(await stop.row()).toMatchObject({ state: "WORKING", stopPrice: "9.5", quantity: "100" });
  expect(await stop.messages()).toEqual([
    "Working at the broker",
    ...["9.10", "9.40", "9.50"].map((at) => `The stop trails at ${at}`),
  ]);
});

it("[SV49] a move that waited is still told while the order is being canceled, and not once it is", async () => {
  using stop = await trailing("ended");
  await stop.push("9.1");
  await stop.push("9.2");
  const cancel = { event: "request_cancel", message: "", action: null, userId: null } as const;
  const { id } = await stop.row();
  await kit.journal.record(id, () => cancel);
  await stop.pauseEnds();
  expect(await stop.row()).toMatchObject({ state: "PENDING_CANCEL", stopPrice: "9.2" });
  await kit.journal.record(id, () => ({ ...cancel, event: "release" }));
  await stop.push("9.3");
  await kit.journal.record(id, () => ({ ...cancel, event: "cancel" }));
  await stop.pauseEnds();
  expect(await stop.row()).toMatchObject({ state: "CANCELED", stopPrice: "9.2" });
});

it("[SV290] an update that is told before the answer to the placing says when the order was sent, not when it was heard", async () => {
  const { account, db, clock, journal, inFlight } = kit;
  await kit.send([kit.intent("early", {})]);
  const row = await kit.row("early");
  const sentAt = clock.now();
  using _underWay = inFlight.beginPlacing(row.id, sentAt);
  await clock.advance(40);
  const ids = new IdMaker(clock, new SystemRandom());
  const tasks = new TaskSet(pino({ enabled: false }));
  using told = new BrokerUpdates({
    account,
    db,
    clock,
    ids,
    journal,
    updates: new SerialQueue(),
    inFlight,
    tasks,
    onStrange: () => undefined,
  });
  await told.apply({ type: "order", order: toldOrder("early") });
  expect(await kit.row("early")).toMatchObject({ state: "WORKING", sentAt, acknowledgedAt: sentAt + 40 });
});
