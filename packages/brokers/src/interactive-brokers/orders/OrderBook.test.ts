import { describe, expect, it } from "vitest";
import { parseFixed } from "../../domain/decimal.ts";
import type { Order, OrderUpdateEvent } from "../../domain/order.ts";
import { FakeClock } from "../../testing/FakeClock.ts";
import { seededRandom } from "../../testing/seededRandom.ts";
import type { IBContract, IBOrderState, IBOrderTold } from "../session/vendorTypes.ts";
import type { Execution } from "./ExecutionLedger.ts";
import { OrderBook } from "./OrderBook.ts";

const AAPL: IBContract = { conId: 265598, symbol: "AAPL", secType: "STK", exchange: "SMART", currency: "USD" };
const LIMIT = {
  symbol: "AAPL",
  side: "buy",
  type: "limit",
  timeInForce: "day",
  extendedHours: false,
  quantity: parseFixed(10),
  price: parseFixed("99.5"),
  stopPrice: null,
} as const;
const TOLD: IBOrderTold = {
  permId: 77,
  clientId: 1,
  orderRef: "mine-1",
  account: "DU1",
  action: "BUY",
  totalQuantity: 10,
  orderType: "LMT",
  lmtPrice: 99.5,
  tif: "DAY",
  outsideRth: false,
};

function execution(change: Partial<Execution> = {}): Execution {
  return {
    execId: "0000e0d5.69dd7411.01.01",
    permId: 77,
    clientOrderId: "mine-1",
    conId: 265598,
    symbol: "AAPL",
    side: "buy",
    quantity: parseFixed(10),
    price: parseFixed("99.5"),
    filledAt: Date.UTC(2026, 10, 20, 15, 0),
    ...change,
  };
}

/** A book that listens, with what it told. */
function openBook() {
  const clock = new FakeClock();
  const events: OrderUpdateEvent[] = [];
  const seen = { strange: 0, corrected: 0 };
  const book = new OrderBook({
    onUpdate: (event) => events.push(event),
    onStrange: () => void (seen.strange += 1),
    onCorrection: () => void (seen.corrected += 1),
    brokerNow: () => clock.now(),
    monotonic: () => clock.monotonic(),
  });
  book.begin();
  const send = (orderId = 5, orderRef = "mine-1") => {
    const record = book.expect({ orderRef, clientId: 1, contract: AAPL, terms: LIMIT, role: null, at: clock.now() });
    book.writeAs(record, orderId);
    return record;
  };
  const status = (
    word: string,
    filled = 0,
    change: { permId?: number; orderId?: number; whyHeld?: string } = {},
  ): void =>
    book.takeStatus({
      orderId: 5,
      clientId: 1,
      permId: 77,
      status: word,
      filled: parseFixed(filled),
      averagePrice: parseFixed("99.5"),
      whyHeld: "",
      ...change,
    });
  const open = (word: NonNullable<IBOrderState["status"]>, change: IBOrderTold = {}): void =>
    book.takeOpenOrder(5, AAPL, { ...TOLD, ...change }, { status: word });
  const told = () => events.map(({ type, order }) => `${type} ${order.status} ${order.filledQuantity}`);
  const view = (permId = 77): Order | null => {
    const record = book.byPermId(permId);
    return record === undefined ? null : book.view(record);
  };
  return { book, clock, events, seen, send, status, open, told, view };
}

describe("OrderBook", () => {
  it("[IB21] an order is nothing to the desk until the gateway has confirmed it, by its reference", () => {
    const { book, send, open, told, view } = openBook();
    const record = send();
    expect(book.knows("mine-1")).toBe(true);
    expect(book.view(record)).toBeNull();
    open("PendingSubmit", { permId: 0 });
    expect(record.permId).toBeNull();
    open("PreSubmitted");
    expect(record.permId).toBe(77);
    expect(view()).toMatchObject({ orderId: "77", clientOrderId: "mine-1", status: "submitted", price: "99.5" });
    expect(told()).toEqual(["order submitted 0"]);
  });

  it("[IB21] a status that comes before the order itself confirms it by the id that it was written with", () => {
    const { send, status, open, told } = openBook();
    send();
    status("Submitted");
    open("Submitted");
    status("Submitted");
    expect(told()).toEqual(["order submitted 0"]);
  });

  it("[IB21] an id of an order that a lost session wrote is not believed to mean that order in the next", () => {
    const { book, send, status, seen, open } = openBook();
    const old = send(5, "lost-1");
    book.endSession();
    status("Submitted", 0, { permId: 50 });
    expect(old.permId).toBeNull();
    expect(seen.strange).toBe(1);
    send(5, "mine-1");
    status("Submitted");
    expect(book.byRef("mine-1")?.permId).toBe(77);
    status("Submitted", 0, { permId: 99, orderId: 5 });
    expect(seen.strange).toBe(2);
    open("Submitted", { permId: 98, orderRef: "lost-1" });
    expect(old.permId).toBe(98);
  });

  it("[IB22] Filled shares are told with their executions, never before them, and an execution with its commission", () => {
    const { book, send, open, status, told, view, events } = openBook();
    send();
    open("PreSubmitted");
    status("Filled", 10);
    expect(view()).toMatchObject({ status: "filled", filledQuantity: "10" });
    expect(book.lacking()).toHaveLength(1);
    book.takeExecution(execution());
    expect(told()).toEqual(["order submitted 0"]);
    book.takeFees("0000e0d5.69dd7411.01.01", parseFixed("1.25"));
    expect(told()).toEqual(["order submitted 0", "fill filled 10"]);
    expect(events[1]).toMatchObject({ fill: { executionId: "0000e0d5.69dd7411.01", fees: "1.25", price: "99.5" } });
    expect(book.lacking()).toEqual([]);
  });

  it("[IB22] a commission that comes first is kept, and one that does not come is not waited for for ever", async () => {
    const { book, clock, send, open, told, events } = openBook();
    send();
    open("Submitted");
    book.takeFees("a.01", parseFixed(1));
    book.takeExecution(execution({ execId: "a.01", quantity: parseFixed(4) }));
    book.takeExecution(execution({ execId: "b.01", quantity: parseFixed(6) }));
    expect(told()).toEqual(["order submitted 0", "fill partially_filled 4"]);
    await clock.advance(2_000);
    book.tellLate();
    expect(told().at(-1)).toBe("fill filled 10");
    expect(events.at(-1)).toMatchObject({ fill: { fees: "0", reason: expect.stringContaining("commission") } });
  });

  it("[IB22] a correction takes the place of what it corrects, under the same id, and fills nothing twice", () => {
    const { book, seen, send, open, view, told } = openBook();
    send();
    open("Submitted");
    book.takeFees("e.01.01", parseFixed(1));
    book.takeExecution(execution({ execId: "e.01.01" }));
    book.takeExecution(execution({ execId: "e.01.02", price: parseFixed("99.4") }));
    book.takeExecution(execution({ execId: "e.01.01" }));
    expect(seen.corrected).toBe(1);
    expect(view()).toMatchObject({ filledQuantity: "10", averageFillPrice: "99.4" });
    expect(book.ledger.since(0)).toMatchObject([{ executionId: "e.01", price: "99.4", quantity: "10" }]);
    expect(told()).toEqual(["order submitted 0", "fill filled 10", "order filled 10"]);
  });

  it("[IB68] a correction to fewer shares silences nothing that follows, and what was told as filled does not fall", () => {
    const { book, send, open, status, view, told } = openBook();
    send();
    open("Submitted");
    status("Submitted", 6);
    book.takeFees("e.01.01", parseFixed(1));
    book.takeExecution(execution({ execId: "e.01.01", quantity: parseFixed(6) }));
    book.takeExecution(execution({ execId: "e.01.02", quantity: parseFixed(4) }));
    expect(book.lacking()).toEqual([]);
    status("Cancelled", 6);
    expect(view()).toMatchObject({ status: "canceled", filledQuantity: "6" });
    expect(told()).toEqual(["order submitted 0", "fill partially_filled 6", "order canceled 6"]);
    expect(book.ledger.since(0)).toMatchObject([{ executionId: "e.01", quantity: "4" }]);
  });

  it("[IB23] an end stays an end, but for a late fill", () => {
    const { book, send, open, status, view, told } = openBook();
    const record = send();
    open("Submitted");
    record.isCancelAsked = true;
    status("PendingCancel");
    expect(view()).toMatchObject({ status: "pending_cancel" });
    status("Cancelled");
    status("Submitted");
    expect(view()).toMatchObject({ status: "canceled" });
    book.takeFees("late.01", 0n);
    book.takeExecution(execution({ execId: "late.01", quantity: parseFixed(3) }));
    expect(view()).toMatchObject({ status: "canceled", filledQuantity: "3" });
    expect(told()).toEqual(["order submitted 0", "order canceled 0", "fill canceled 3"]);
    status("Filled", 10);
    expect(view()).toMatchObject({ status: "filled", filledQuantity: "10" });
  });

  it("[IB23] Inactive is refused or held: only a rejection or the list of what has ended says which", () => {
    const { book, send, open, status, view } = openBook();
    const record = send();
    open("PreSubmitted");
    status("Inactive");
    expect(view()).toMatchObject({ status: "pending", reason: expect.stringContaining("inactive") });
    expect(record.isDoubtful).toBe(true);
    book.note(record, { rejection: "201: Order rejected" });
    expect(view()).toMatchObject({ status: "rejected", reason: "201: Order rejected" });
    book.takeCompleted(AAPL, { ...TOLD, permId: 78, orderRef: "his" }, { status: "Inactive" });
    expect(view(78)).toMatchObject({ status: "rejected" });
  });

  it("[IB75] when it ends is told to the millisecond as it was sent, until somebody changes that in TWS", () => {
    const { book, clock, open, view } = openBook();
    const expiresAt = Date.UTC(2026, 10, 21, 15, 0, 0, 250);
    const terms = { ...LIMIT, timeInForce: "gtc", expiresAt } as const;
    const sent = { orderRef: "mine-1", clientId: 1, contract: AAPL, terms, role: null, at: clock.now() };
    book.writeAs(book.expect(sent), 5);
    open("Submitted", { tif: "GTD", goodTillDate: "20261121-15:00:00" });
    expect(view()?.expiresAt).toBe(expiresAt);
    open("Submitted", { tif: "GTD", goodTillDate: "20261122-15:00:00" });
    expect(view()?.expiresAt).toBe(Date.UTC(2026, 10, 22, 15));
    open("Submitted", { tif: "GTC" });
    expect(view()).not.toHaveProperty("expiresAt");
  });

  it("[IB23] a word that is not known is never taken for one that is", () => {
    const { send, open, status, view } = openBook();
    const record = send();
    open("Submitted");
    status("Suspended by Aliens");
    expect(view()).toMatchObject({ status: "submitted", reason: expect.stringContaining("Suspended by Aliens") });
    expect(record.isDoubtful).toBe(true);
    status("Submitted");
    expect(view()).toMatchObject({ status: "submitted", reason: null });
  });

  it("[IB23] a day order that ends at the close without a cancel has expired, and one before it was canceled", () => {
    const early = openBook();
    early.send();
    early.open("Submitted");
    early.status("Cancelled");
    expect(early.view()).toMatchObject({ status: "canceled" });
    early.clock.setWallTime(Date.UTC(2026, 10, 20, 21, 0));
    early.status("Cancelled");
    expect(early.view()).toMatchObject({ status: "canceled" });
    const late = openBook();
    late.send();
    late.open("Submitted");
    late.clock.setWallTime(Date.UTC(2026, 10, 20, 21, 0));
    late.status("Cancelled");
    expect(late.view()).toMatchObject({ status: "expired", reason: expect.stringContaining("day") });
  });

  it("[IB23] an order that no list has any more is not guessed at", () => {
    const { book, send, open, view } = openBook();
    const record = send();
    open("Submitted");
    book.markLost([record]);
    expect(view()).toMatchObject({ status: "submitted", reason: expect.stringContaining("lists it nowhere") });
    expect(book.openRecords()).toHaveLength(1);
    open("Submitted");
    expect(view()?.reason).toBeNull();
  });

  it("[IB24] what was there before anyone listened is told to nobody, and its later fills are", () => {
    const { book, clock, events } = openBook();
    const old = new OrderBook({
      onUpdate: (event) => events.push(event),
      onStrange: () => undefined,
      onCorrection: () => undefined,
      brokerNow: () => clock.now(),
      monotonic: () => clock.monotonic(),
    });
    expect(book.records()).toEqual([]);
    const status = { orderId: 5, clientId: 1, permId: 77, averagePrice: parseFixed("99.5"), whyHeld: "" };
    old.takeOpenOrder(5, AAPL, TOLD, { status: "Submitted" });
    old.takeStatus({ ...status, status: "Submitted", filled: parseFixed(4) });
    old.begin();
    expect(old.lacking()).toEqual([]);
    old.takeFees("x.01", 0n);
    old.takeExecution(execution({ execId: "x.01", quantity: parseFixed(6) }));
    old.takeStatus({ ...status, status: "Filled", filled: parseFixed(10) });
    expect(events).toMatchObject([{ type: "fill", order: { status: "filled", filledQuantity: "10" } }]);
  });

  it("[IB25] the orders of a group know their parts by their references, also after a restart", () => {
    const { book, open, view } = openBook();
    open("Submitted", { permId: 1, orderRef: "g" });
    open("PreSubmitted", { permId: 2, orderRef: "g:tp", action: "SELL" });
    expect(view(1)).toMatchObject({ group: { id: "1", role: "entry" } });
    expect(view(2)).toMatchObject({ group: { id: "1", role: "take_profit" }, isHeld: true });
    const record = book.byPermId(1);
    book.takeExecution(execution({ permId: 1, clientOrderId: "g", execId: "g.01" }));
    expect(record === undefined ? null : book.isOver(record)).toBe(true);
    expect(view(2)?.isHeld).toBeUndefined();
    open("Submitted", { permId: 3, orderRef: "old:sl", action: "SELL" });
    expect(view(3)).toMatchObject({ group: { id: "old", role: "stop_loss" } });
  });

  it("[IB21] an order without a name of its own, or with another's, goes by the gateway's id", () => {
    const { open, view } = openBook();
    open("Submitted", { permId: 1, orderRef: "" });
    open("Submitted", { permId: 2, orderRef: "twice" });
    open("Submitted", { permId: 3, orderRef: "twice" });
    open("Submitted", { permId: 4, orderRef: "two words" });
    expect([1, 2, 3, 4].map((permId) => view(permId)?.clientOrderId)).toEqual(["ib-1", "twice", "ib-3", "ib-4"]);
  });

  it("[IB28] what ended long ago is forgotten, each group as a whole, and is no news again", async () => {
    const { book, clock, open, status, view } = openBook();
    open("Submitted", { permId: 1, orderRef: "g" });
    open("Submitted", { permId: 2, orderRef: "g:tp", action: "SELL" });
    open("Submitted", { permId: 3, orderRef: "alone" });
    status("Cancelled", 0, { permId: 1 });
    status("Cancelled", 0, { permId: 3 });
    await clock.advance(10_000);
    book.prune(clock.now());
    expect(view(3)).toBeNull();
    expect(book.knows("alone")).toBe(false);
    expect(view(1)).toMatchObject({ status: "canceled" });
    status("Cancelled", 0, { permId: 2 });
    await clock.advance(10_000);
    book.prune(clock.now());
    expect(book.records()).toEqual([]);
  });

  it("[IB28] an order that no list ever had is forgotten too", async () => {
    const { book, clock, send } = openBook();
    send(5, "never");
    await clock.advance(10_000);
    send(6, "new");
    book.prune(clock.now());
    expect([book.knows("never"), book.knows("new")]).toEqual([false, true]);
  });

  it("[IB66] an order has a namesake while another open one has its id, whichever client placed it", () => {
    const { book, open, status } = openBook();
    open("Submitted", { permId: 1, clientId: 2, orderRef: "a" });
    open("Submitted", { permId: 2, clientId: 3, orderRef: "b" });
    const record = book.byPermId(1);
    expect(record && book.hasNamesake(record)).toBe(true);
    status("Cancelled", 0, { permId: 2 });
    expect(record && book.hasNamesake(record)).toBe(false);
  });

  const SEED = 7;
  it(`[IB26] the same words in any order and any number of times come to the same order (seed ${SEED})`, () => {
    const random = seededRandom(SEED);
    for (let run = 0; run < 100; run += 1) {
      const { book, events, send, open, status, view } = openBook();
      send();
      const words = [
        () => open("PreSubmitted"),
        () => open("Submitted"),
        () => open("Filled"),
        () => status("PreSubmitted"),
        () => status("Submitted", 4),
        () => status("Filled", 10),
        () => book.takeExecution(execution({ execId: "p.01", quantity: parseFixed(4), price: parseFixed("99.4") })),
        () => book.takeExecution(execution({ execId: "q.01", quantity: parseFixed(6), price: parseFixed("99.5") })),
        () => book.takeFees("p.01", parseFixed("0.4")),
        () => book.takeFees("q.01", parseFixed("0.6")),
      ];
      const said = [...words, ...words.filter(() => random.next() < 0.5)];
      for (let left = said.length; left > 0; left -= 1) said.splice(random.integer(left), 1)[0]?.();
      const fills = events.flatMap((event) => (event.type === "fill" ? [event.fill] : []));
      const filled = events.map(({ order }) => Number(order.filledQuantity));
      const order = view();
      expect({
        replay: `seed ${SEED}, run ${run}`,
        order: [order?.status, order?.filledQuantity, order?.averageFillPrice],
        fees: fills.map(({ fees }) => fees).toSorted(),
        grows: filled.join() === filled.toSorted((a, b) => a - b).join(),
        last: events.at(-1)?.order.status,
      }).toEqual({
        replay: `seed ${SEED}, run ${run}`,
        order: ["filled", "10", "99.46"],
        fees: ["0.4", "0.6"],
        grows: true,
        last: "filled",
      });
    }
  });
});
