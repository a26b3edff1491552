import {
  executionId,
  money,
  orderId,
  price,
  quantity,
  type Fill,
  type Order,
  type OrderResponse,
  type OrderState,
} from "@trenddojo/brokers/domain";
import { audit, orderEvents, orders } from "@trenddojo/db";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createJournalKit, toldOrder } from "../testing/createJournalKit.ts";
import { applyFill } from "./applyFill.ts";
import { applySnapshot } from "./applySnapshot.ts";
import { expireIntent, withdrawIntent } from "./expireIntent.ts";
import { nameLegs, takenStep } from "./takenOrder.ts";

let kit: Awaited<ReturnType<typeof createJournalKit>>;
beforeAll(async () => {
  kit = await createJournalKit();
});
afterAll(() => kit.close());

const snapshot = (name: string, changes: Partial<Order> = {}) =>
  applySnapshot(kit.journal, orderId(name), toldOrder(name, changes), { endsPending: false, now: kit.clock.now() });
const messages = async (name: string) =>
  (await orderEvents.listByOrder(kit.db, orderId(name))).map(({ payload }) => payload["message"]);
const types = async (name: string) =>
  (await orderEvents.listByOrder(kit.db, orderId(name))).map(({ payload }) => payload["type"]);
const logged = async () => {
  const query = { userId: kit.account.userId, chains: [`account:${kit.account.id}`], limit: 200 };
  return (await audit.page(kit.db, query)).entries;
};
const states = async (name: string): Promise<OrderState[]> =>
  (await Promise.all(["", "-tp", "-sl"].map((suffix) => kit.row(`${name}${suffix}`)))).map(({ state }) => state);
const all = (state: OrderState) => [state, state, state];
const step = (event: "lose" | "reject" | "not_found") =>
  ({ event, message: event, action: `order.${event}`, userId: null }) as const;

describe("what becomes of a group's request", () => {
  it("[SV44] becomes of its legs in the same commit, while the broker has not named them", async () => {
    await kit.send(kit.bracket("lost"));
    await kit.journal.record(orderId("lost"), () => step("lose"));
    expect(await states("lost")).toEqual(all("UNKNOWN"));
    await kit.journal.record(orderId("lost"), () => step("not_found"));
    expect(await states("lost")).toEqual(all("NOT_PLACED"));
    await kit.send(kit.bracket("refused"));
    const reason = { code: "ORDER_REJECTED", message: "no", params: { rule: "PX1" } };
    await kit.journal.record(orderId("refused"), () => ({ ...step("reject"), changes: { reason } }));
    expect(await states("refused")).toEqual(all("REJECTED"));
    expect((await kit.row("refused-sl")).reason).toEqual(reason);
  });

  it("[SV44] an intent that lapses or is taken back, by whichever of its orders, ends whole", async () => {
    const withdrawn = kit.bracket("withdrawn");
    const lapsed = kit.bracket("lapsed");
    await kit.db.transaction(async (tx) => {
      for (const each of [...withdrawn, ...lapsed]) await orders.insertIntent(tx, each);
    });
    await withdrawIntent(kit.journal, await kit.row("withdrawn-sl"), kit.account.userId);
    expect(await states("withdrawn")).toEqual(all("EXPIRED_UNSENT"));
    await kit.clock.advance(10_000);
    await expireIntent(kit.journal, orderId("lapsed"), kit.clock.now());
    expect(await states("lapsed")).toEqual(all("EXPIRED_UNSENT"));
  });

  it("[SV44] an order that was looked for and found says no more that its outcome is not known", async () => {
    await kit.send([kit.intent("found")]);
    const reason = { code: "OUTCOME_UNKNOWN", message: "No answer", params: {} };
    await kit.journal.record(orderId("found"), () => ({ ...step("lose"), changes: { reason } }));
    expect((await kit.row("found")).reason).toEqual(reason);
    await snapshot("found", { status: "submitted" });
    expect(await kit.row("found")).toMatchObject({ state: "WORKING", reason: null });
  });

  it("[SV44] a leg that the broker has named has a life of its own", async () => {
    await kit.send(kit.bracket("named"));
    await snapshot("named-tp", { side: "sell", price: price("12"), isHeld: true });
    await kit.journal.record(orderId("named"), () => step("lose"));
    expect(await states("named")).toEqual(["UNKNOWN", "WORKING", "UNKNOWN"]);
  });

  it("[SV42] the answer names all of them in one commit, and what an update has named stays", async () => {
    await kit.send(kit.bracket("taken"));
    const { orderId: entry, clientOrderId, symbol, side, type, status, submittedAt } = toldOrder("taken");
    const leg = (role: "take_profit" | "stop_loss", name: string) => {
      const { orderId: id, clientOrderId: client } = toldOrder(name);
      return { role, orderId: id, clientOrderId: client };
    };
    const response: OrderResponse = {
      orderId: entry,
      clientOrderId,
      symbol,
      side,
      type,
      status,
      submittedAt,
      message: "",
      mode: "mock",
      quantity: quantity("100"),
      legs: [leg("take_profit", "taken-1"), leg("stop_loss", "taken-2")],
    };
    const times = { sentAt: 5, now: 6 };
    await kit.journal.record(orderId("taken"), (row) => takenStep(row, response, times));
    const legs = await Promise.all(["taken-tp", "taken-sl"].map((name) => kit.row(name)));
    expect(legs).toMatchObject([
      { state: "WORKING", venueOrderId: "v-taken-1", sentAt: 5, acknowledgedAt: 6 },
      { state: "WORKING", venueOrderId: "v-taken-2", sentAt: 5, acknowledgedAt: 6 },
    ]);
    await nameLegs(kit, orderId("taken"), response);
    expect((await kit.row("taken-tp")).revision).toBe(legs[0]?.revision);

    // An update of the entry was quicker than the answer, and than those of its legs.
    await kit.send(kit.bracket("quick"));
    await snapshot("quick");
    expect((await kit.row("quick-tp")).venueOrderId).toBeNull();
    const late = { ...response, legs: [leg("take_profit", "quick-1")] };
    expect(takenStep(await kit.row("quick"), late, times)).toBeNull();
    await nameLegs(kit, orderId("quick"), late);
    expect(await kit.row("quick-tp")).toMatchObject({ state: "WORKING", venueOrderId: "v-quick-1" });
    // That it was taken was told; what it is called, answered late or pushed, is a note.
    const stop = { side: "sell", type: "stop", price: null, stopPrice: price("9"), isHeld: true } as const;
    await snapshot("quick-sl", stop);
    for (const leg of ["quick-tp", "quick-sl"]) expect(await types(leg)).toEqual(["state", "note"]);
  });
});

describe("terms that the broker and the market set", () => {
  it("[SV49] where a trailing stop stands is no change, and nothing for the audit log", async () => {
    const trailing = { type: "stop", price: null } as const;
    await kit.send([kit.intent("trail", { ...trailing, trailBy: "percent", trailValue: price("1.5") })]);
    const told = (stop: string) =>
      snapshot("trail", { ...trailing, stopPrice: price(stop), trail: { by: "percent", value: "1.50" } });
    await told("9.5");
    const before = (await logged()).length;
    expect(await told("9.6")).toMatchObject({ state: "WORKING", stopPrice: "9.6", trailValue: "1.5" });
    const { revision } = await kit.row("trail");
    await told("9.6");
    expect((await kit.row("trail")).revision).toBe(revision);
    expect(await messages("trail")).toEqual(["Working at the broker", "The stop trails at 9.60"]);
    expect(await logged()).toHaveLength(before);
    // More shares are a change, wherever the stop stands by then.
    await snapshot("trail", { ...trailing, stopPrice: price("9.7"), quantity: quantity("50") });
    expect((await messages("trail")).at(-1)).toBe("Changed to 50 shares, stop 9.70");
  });

  it("[SV50] the shares that dollars make are taken over, not called a change, and filled whole only by all of them", async () => {
    const bought = { type: "market", price: null, timeInForce: "day" } as const;
    await kit.send([kit.intent("money", { ...bought, notional: money("500"), quantity: quantity("4.9") })]);
    const row = await snapshot("money", { ...bought, notional: money("500"), quantity: quantity("5.1") });
    expect(row).toMatchObject({ state: "WORKING", quantity: "5.1" });
    expect(await messages("money")).toEqual(["Working at the broker"]);
    const { orderId: venue, clientOrderId } = toldOrder("money");
    const fill: Fill = {
      executionId: executionId("m1"),
      orderId: venue,
      clientOrderId,
      symbol: "AAPL",
      side: "buy",
      filledAt: 5,
      quantity: quantity("5"),
      price: price("98"),
      fees: money("0"),
      reason: "met the ask",
      why: { rule: "PX30", text: "met the ask", params: { ask: "98" } },
    };
    const context = { journal: kit.journal, now: kit.clock.now() };
    expect(await applyFill(orderId("money"), fill, { ...context, id: "f1" })).toMatchObject({
      state: "PARTIALLY_FILLED",
      why: null,
    });
    const rest = { ...fill, executionId: executionId("m2"), quantity: quantity("0.1") };
    expect(await applyFill(orderId("money"), rest, { ...context, id: "f2" })).toMatchObject({
      state: "FILLED",
      why: { rule: "PX30", params: { ask: "98" } },
    });
  });

  it("[SV41] an exit that works, and an end that the broker sets, are told and logged", async () => {
    await kit.send(kit.bracket("held"));
    const exit = { side: "sell", price: price("12"), group: { id: "v-held", role: "take_profit" } } as const;
    await snapshot("held-tp", { ...exit, isHeld: true });
    expect(await snapshot("held-tp", exit)).toMatchObject({ state: "WORKING", isHeld: false });
    const expiresAt = Date.UTC(2027, 1, 1);
    expect(await snapshot("held-tp", { ...exit, expiresAt })).toMatchObject({ expiresAt });
    expect(await messages("held-tp")).toEqual([
      "Held at the broker until its entry is filled",
      "Works from now on: its entry is filled",
      "Ends at 2027-02-01T00:00:00.000Z",
    ]);
    const [newest] = await logged();
    expect(newest?.message).toContain("profit exit of a bracket");
  });

  it("[SV46] how it ended is kept in the broker's own terms, and a finished order follows no more", async () => {
    await kit.send([kit.intent("over")]);
    const why = { rule: "PX113", text: "Canceled with its group.", params: { by: "v-1" } };
    expect(await snapshot("over", { status: "canceled", reason: why.text, why })).toMatchObject({
      state: "CANCELED",
      why,
      reason: { code: null, message: why.text },
    });
    const { revision } = await kit.row("over");
    await snapshot("over", { expiresAt: 99 });
    expect((await kit.row("over")).revision).toBe(revision);
  });
});

describe("what set a stop off", () => {
  const triggeredBy = {
    rule: "PX40",
    text: "The print 180.80 is at or below the stop 180.81.",
    params: { price: "180.8", stopPrice: "180.81" },
  };
  const stop = { type: "stop", price: null, stopPrice: price("180.81") } as const;
  const told = "Triggered: The print 180.80 is at or below the stop 180.81";
  const working = async (name: string) => {
    await kit.send([kit.intent(name, stop)]);
    await snapshot(name, stop);
  };

  it("[SV58] is stored with the order and told once, however often the broker repeats it", async () => {
    await working("off");
    for (let times = 0; times < 2; times += 1) await snapshot("off", { ...stop, triggeredBy });
    await snapshot("off", stop);
    expect((await kit.row("off")).triggeredBy).toEqual(triggeredBy);
    expect(await messages("off")).toEqual(["Working at the broker", told]);
    expect((await logged()).filter(({ action }) => action === "order.triggered")).toHaveLength(1);
  });

  it("[SV58] is told in its place where it comes with other news, also of an order that is over", async () => {
    await kit.send([kit.intent("at-once", stop)]);
    await snapshot("at-once", { ...stop, triggeredBy });
    expect(await messages("at-once")).toEqual([`Working at the broker. ${told}`]);
    await working("gone");
    await snapshot("gone", { ...stop, triggeredBy, status: "canceled", reason: "nobody buys" });
    expect((await messages("gone")).at(-1)).toBe(`${told}. Canceled: nobody buys`);
    await working("missed");
    await snapshot("missed", { ...stop, status: "canceled" });
    expect(await snapshot("missed", { ...stop, triggeredBy, status: "canceled" })).toMatchObject({
      state: "CANCELED",
      triggeredBy,
    });
    expect((await messages("missed")).at(-1)).toBe(told);
  });
});
