import { SystemRandom } from "@trenddojo/brokers";
import { clientOrderId, executionId, money, price, quantity, venueOrderId, type Fill } from "@trenddojo/brokers/domain";
import { alerts, drifts, type OrderRow } from "@trenddojo/db";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { IdMaker } from "../lib/IdMaker.ts";
import { InProcessTickBus } from "../streams/TickBus.ts";
import { booksOf, createJournalKit, toldOrder } from "../testing/createJournalKit.ts";
import { AwaitedUpdates } from "./AwaitedUpdates.ts";
import { DriftLedger } from "./DriftLedger.ts";
import { Finding } from "./Finding.ts";
import type { Gap } from "./Gap.ts";
import { reconcileAccount } from "./reconcileAccount.ts";
import type { OrderBooks, ReconcileParts } from "./ReconcileParts.ts";

let kit: Awaited<ReturnType<typeof createJournalKit>>;
let ledger: DriftLedger;
let awaited: AwaitedUpdates;
/** Decided on what the broker said, in this test. */
let steps = 0;
beforeAll(async () => {
  kit = await createJournalKit();
  const { account, db, clock } = kit;
  ledger = new DriftLedger({
    account,
    db,
    clock,
    ids: new IdMaker(clock, new SystemRandom()),
    bus: new InProcessTickBus(),
  });
});
beforeEach(() => {
  awaited = new AwaitedUpdates(kit.clock);
  steps = 0;
});
afterAll(() => kit.close());

const DOWN: Gap = { what: "desk_down", from: Date.UTC(2026, 10, 20, 15, 2, 11), to: Date.UTC(2026, 10, 20, 15, 2, 40) };

interface Look {
  readonly gap?: Gap | null;
  readonly brokerNow?: number;
  readonly arriving?: readonly string[];
  readonly parts?: ReconcileParts;
}

/** Compares once; `parts` is kept from look to look where the look-ups have to be counted. */
async function look(books: OrderBooks, { gap = null, brokerNow = 1e12, arriving = [], parts }: Look = {}) {
  const { journal, inFlight, clock } = kit;
  // So that rows have an order.
  await clock.advance(1);
  const finding = new Finding({
    ledger,
    journal,
    inFlight,
    gap,
    askedAt: clock.now(),
    brokerNow,
    arriving: new Set(arriving),
    awaited,
    onStep: () => (steps += 1),
  });
  await reconcileAccount({ ...(parts ?? kit.reconcileParts(books)), finding }, "open");
}

const rowsOf = async (subject: string) => {
  const page = await drifts.page(kit.db, { accounts: [kit.account.id], filter: "all", limit: 500 });
  return page.drifts.filter((row) => row.subject === subject).toReversed();
};
const alertsOf = async (subject: string) => {
  const page = await alerts.page(kit.db, { userId: kit.account.userId, filter: "all", limit: 500 });
  return page.alerts.filter((row) => row.subject === subject);
};

/** Placed and taken, as a live answer tells it. */
async function working(name: string): Promise<void> {
  await kit.send([kit.intent(name)]);
  await reconcileAccount(kit.reconcileParts(booksOf([toldOrder(name)])), "open");
}

function execution(name: string, shares: string): Fill {
  return {
    executionId: executionId(`${name}-e1`),
    orderId: venueOrderId(`v-${name}`),
    clientOrderId: clientOrderId(`tdM-${name}`),
    symbol: "AAPL",
    side: "buy",
    quantity: quantity(shares),
    price: price("10"),
    fees: money("0"),
    filledAt: 2,
    reason: null,
  };
}

const filled = (name: string, shares: string) =>
  toldOrder(name, {
    status: shares === "100" ? "filled" : "partially_filled",
    filledQuantity: quantity(shares),
    averageFillPrice: price("10"),
  });

describe("the drift ledger", () => {
  it("[SV100] an execution that was found after the desk was down is a settled row with its cause and evidence", async () => {
    await working("a");
    await look(booksOf([filled("a", "30")], { fills: [execution("a", "30")] }), { gap: DOWN });
    expect(steps).toBe(1);
    expect(await rowsOf("a")).toMatchObject([
      {
        kind: "fill",
        symbol: "AAPL",
        here: "WORKING, 0 of 100 filled",
        there: "Filled 30 at 10",
        action: "booked",
        cause: expect.stringMatching(/^The desk was down: .* 2026-11-20 15:02:11 UTC .* 2026-11-20 15:02:40 UTC$/),
        evidence: { askedAt: new Date(kit.clock.now()).toISOString(), execution: { executionId: "a-e1" } },
        resolvedAt: kit.clock.now(),
        resolvedBy: null,
      },
    ]);
    await look(booksOf([filled("a", "30")], { fills: [execution("a", "30")] }), { gap: DOWN });
    expect(await rowsOf("a")).toHaveLength(1);
  });

  it("[SV100] states, terms and totals that a reconciliation takes over are rows too, each with what both said", async () => {
    await working("b");
    await look(booksOf([toldOrder("b", { price: price("11") })]), { gap: DOWN });
    await look(booksOf([{ ...filled("b", "20"), price: price("11") }]), { gap: DOWN });
    await look(booksOf([], { closed: [{ ...filled("b", "20"), price: price("11"), status: "canceled" }] }), {
      gap: DOWN,
    });
    expect(await rowsOf("b")).toMatchObject([
      { kind: "order_terms", here: "100 shares, limit 10.00", there: "100 shares, limit 11.00", action: "taken_over" },
      { kind: "fill_total", here: "WORKING, 0 of 100 filled", there: "partially_filled, 20 of 100 filled" },
      { kind: "order_state", here: "PARTIALLY_FILLED, 20 of 100 filled", there: "canceled, 20 of 100 filled" },
    ]);
  });

  it("[SV101] what was lost though nothing was down is told as that; what is on its way is no difference", async () => {
    const now = 1_000_000;
    await working("c1");
    await look(booksOf([filled("c1", "30")], { fills: [execution("c1", "30")] }), { brokerNow: now });
    await working("c2");
    await look(booksOf([filled("c2", "30")], { fills: [execution("c2", "30")] }), {
      brokerNow: now,
      arriving: ["v-c2"],
    });
    await working("c3");
    await look(booksOf([toldOrder("c3", { status: "canceled", updatedAt: now - 4_000 })]), { brokerNow: now });
    await working("c4");
    {
      using _underWay = kit.inFlight.begin((await kit.row("c4")).id);
      await look(booksOf([toldOrder("c4", { status: "canceled" })]), { brokerNow: now });
    }
    expect(await rowsOf("c1")).toMatchObject([
      { kind: "fill", cause: expect.stringContaining("No update told of it") },
    ]);
    for (const name of ["c2", "c3", "c4"]) expect(await rowsOf(name)).toEqual([]);
    expect(await kit.row("c3")).toMatchObject({ state: "CANCELED" });
  });

  it("[SV101] what happened just now is noted once its update had time to come, and not where it came", async () => {
    const now = 1_000_000;
    for (const name of ["d1", "d2"]) {
      await working(name);
      await look(booksOf([toldOrder(name, { status: "canceled", updatedAt: now - 4_000 })]), { brokerNow: now });
    }
    expect(awaited.overdue()).toEqual([]);
    awaited.told("v-d1");
    await kit.clock.advance(5_000);
    expect(awaited.overdue()).toMatchObject([
      { kind: "order_state", subject: "d2", there: "canceled, 0 of 100 filled" },
    ]);
    expect([awaited.size, awaited.overdue()]).toEqual([0, []]);
  });

  it("[SV102] an order that nobody here placed has a row in the transaction that stores it", async () => {
    await look(booksOf([toldOrder("x", { clientOrderId: clientOrderId("elsewhere") })]), { gap: null });
    const { drifts: all } = await drifts.page(kit.db, { accounts: [kit.account.id], filter: "all", limit: 500 });
    expect(all.filter(({ kind }) => kind === "external_order")).toMatchObject([
      { action: "adopted", there: "submitted, 0 of 100 filled", cause: expect.stringMatching(/^Placed elsewhere/) },
    ]);
  });

  it("[SV103] an order that vanished waits for a person: one row, seen again, alerted once, over when it is back", async () => {
    const paper = await createJournalKit("paper");
    try {
      const { account, db, clock, journal, inFlight } = paper;
      const ids = new IdMaker(clock, new SystemRandom());
      const own = new DriftLedger({ account, db, clock, ids, bus: new InProcessTickBus() });
      await paper.send([paper.intent("m")]);
      const told = toldOrder("m", { clientOrderId: clientOrderId("tdP-m") });
      await reconcileAccount(paper.reconcileParts(booksOf([told])), "open");
      const again = async (books: OrderBooks) => {
        const facts = { ledger: own, journal, inFlight, gap: null, askedAt: clock.now(), brokerNow: 1e12 };
        const finding = new Finding({ ...facts, arriving: new Set(), awaited });
        await reconcileAccount({ ...paper.reconcileParts(books), finding }, "open");
        return drifts.listOpen(db, account.id);
      };
      for (let count = 0; count < 3; count += 1) await again(booksOf([]));
      const [open] = await drifts.listOpen(db, account.id);
      expect(open).toMatchObject({ kind: "missing_order", action: "asked", there: "Not known", timesSeen: 3 });
      const listed = await alerts.page(db, { userId: account.userId, filter: "all", limit: 10 });
      expect(listed.alerts).toMatchObject([{ kind: "drift", subject: open?.id, recoveredAt: null }]);
      expect(await again(booksOf([told]))).toEqual([]);
      const after = await alerts.page(db, { userId: account.userId, filter: "open", limit: 10 });
      expect(after.alerts).toEqual([]);
    } finally {
      await paper.close();
    }
  });

  it("[SV104] an order of unknown outcome is one row from the first look in vain to what was found", async () => {
    await kit.send([kit.intent("u")]);
    await look(booksOf([]));
    expect(await rowsOf("u")).toMatchObject([{ kind: "unknown_order", action: "asked", resolvedAt: null }]);
    expect(await alertsOf("u")).toMatchObject([{ kind: "order_unknown", severity: "critical", recoveredAt: null }]);
    await look(booksOf([toldOrder("u")]));
    expect(await rowsOf("u")).toMatchObject([
      { kind: "unknown_order", action: "taken_over", there: "submitted, 0 of 100 filled", resolvedAt: kit.clock.now() },
    ]);
    expect(await alertsOf("u")).toMatchObject([{ kind: "order_unknown", recoveredAt: kit.clock.now() }]);
  });

  it("[SV104] one that was never placed ends its row and its alert, and raises another", async () => {
    await kit.send([kit.intent("n")]);
    const parts = kit.reconcileParts(booksOf([]));
    for (let count = 0; count < 6; count += 1) {
      await look(booksOf([]), { parts });
      await kit.clock.advance(10_000);
    }
    expect(await kit.row("n")).toMatchObject({ state: "NOT_PLACED" });
    expect(await rowsOf("n")).toMatchObject([{ kind: "unknown_order", action: "not_placed" }]);
    expect((await rowsOf("n"))[0]?.resolvedAt).not.toBeNull();
    const raised = await alertsOf("n");
    expect(Object.fromEntries(raised.map(({ kind, recoveredAt }) => [kind, recoveredAt !== null]))).toEqual({
      order_not_placed: false,
      order_unknown: true,
    });
  });

  it("[SV116] silence proves nothing while the order stream is not sound: the count begins anew when it is", async () => {
    await kit.send([kit.intent("s")]);
    let isHeard = true;
    const parts = { ...kit.reconcileParts(booksOf([])), isHeard: () => isHeard };
    const lookFor = async (count: number) => {
      for (let each = 0; each < count; each += 1) {
        await look(booksOf([]), { parts });
        await kit.clock.advance(10_000);
      }
    };
    await lookFor(4);
    isHeard = false;
    await lookFor(6);
    expect(await kit.row("s")).toMatchObject({ state: "UNKNOWN" });
    isHeard = true;
    await lookFor(4);
    expect(await kit.row("s")).toMatchObject({ state: "UNKNOWN" });
    await lookFor(1);
    expect(await kit.row("s")).toMatchObject({ state: "NOT_PLACED" });
  });

  it("[SV117] an order that is found alive after it was taken for never placed is told, and to be canceled, until it is over", async () => {
    await kit.send([kit.intent("z")]);
    const canceled: string[] = [];
    const parts = {
      ...kit.reconcileParts(booksOf([])),
      cancelFoundAlive: ({ id }: OrderRow) => void canceled.push(id),
    };
    for (let count = 0; count < 5; count += 1) {
      await look(booksOf([]), { parts });
      await kit.clock.advance(10_000);
    }
    expect(await kit.row("z")).toMatchObject({ state: "NOT_PLACED" });
    const there = booksOf([toldOrder("z")]);
    await look(there, { parts: { ...parts, books: there } });
    expect(await kit.row("z")).toMatchObject({ state: "WORKING", venueOrderId: "v-z", why: { rule: "found_alive" } });
    expect(await rowsOf("z")).toMatchObject([
      { kind: "unknown_order" },
      { kind: "order_state", action: "taken_over", here: "NOT_PLACED, 0 of 100 filled" },
    ]);
    const lasting = async () => (await alertsOf("z")).flatMap((row) => (row.recoveredAt === null ? [row.message] : []));
    expect(await lasting()).toEqual([expect.stringContaining("taken for never placed, and the broker has it")]);
    // It was not canceled, whatever became of the request: it is asked again.
    await look(there, { parts: { ...parts, books: there } });
    expect(canceled).toEqual(["z", "z"]);
    const over = booksOf([], { closed: [toldOrder("z", { status: "canceled" })] });
    await look(over, { parts: { ...parts, books: over } });
    expect(await kit.row("z")).toMatchObject({ state: "CANCELED" });
    expect(await lasting()).toEqual([]);
    expect(canceled).toHaveLength(2);
  });

  it("[SV100] what contradicts the desk's state is left to a person, and is over when the broker says otherwise", async () => {
    await working("k");
    await look(booksOf([], { closed: [filled("k", "100")], fills: [execution("k", "100")] }), { gap: DOWN });
    const contradiction = toldOrder("k", { status: "rejected" });
    await look(booksOf([contradiction]));
    const open = (await rowsOf("k")).filter(({ resolvedAt }) => resolvedAt === null);
    expect(open).toMatchObject([{ kind: "order_state", action: "asked", here: "FILLED, 100 of 100 filled" }]);
    await look(booksOf([filled("k", "100")]));
    expect((await rowsOf("k")).filter(({ resolvedAt }) => resolvedAt === null)).toEqual([]);
  });
});
