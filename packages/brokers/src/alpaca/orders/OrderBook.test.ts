import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BrokerError } from "../../BrokerError.ts";
import { parseFixed } from "../../domain/decimal.ts";
import type { OrderUpdateEvent } from "../../domain/order.ts";
import { wireActivityOf, wireFill, wireOrderOf, wireTime, wireUpdate } from "../../testing/alpaca/wireBuilders.ts";
import { wireFillActivity } from "../rest/wireAccount.ts";
import { wireOrder } from "../rest/wireOrder.ts";
import { tradeUpdate } from "../stream/tradeUpdate.ts";
import { OrderBook } from "./OrderBook.ts";

function bookOf() {
  const told: OrderUpdateEvent[] = [];
  const book = new OrderBook({ onUpdate: (event) => told.push(event) });
  return {
    book,
    told,
    take: (wire: unknown, isTold?: boolean) => book.take(wireOrder.parse(wire), isTold),
    apply: (message: Readonly<Record<string, unknown>>) => book.apply(tradeUpdate.parse(message["data"])),
    list: (activity: unknown) => book.applyActivity(wireFillActivity.parse(activity)),
    lines: () => told.map((each) => [each.type, each.order.status, each.order.filledQuantity].join(" ")),
    fills: () => told.flatMap((each) => (each.type === "fill" ? [each.fill] : [])),
  };
}

describe("the order book", () => {
  it("tells an order when it is taken, and not again for a word that changes nothing", () => {
    const { take, apply, lines } = bookOf();
    const order = wireOrderOf({ status: "pending_new" });
    take(order);
    apply(wireUpdate("pending_new", order));
    apply(wireUpdate("new", { ...order, status: "new", updated_at: wireTime(1) }));
    apply(wireUpdate("canceled", { ...order, status: "canceled", updated_at: wireTime(2) }));
    expect(lines()).toEqual(["order submitted 0", "order canceled 0"]);
  });

  it("[AL11] a fill that comes before the answer is told, and the answer changes nothing", () => {
    const { book, take, apply, lines } = bookOf();
    const order = wireOrderOf({ client_order_id: "early" });
    book.sent.expect("early", 0);
    apply(wireFill(order, "10", "90", "10"));
    expect(book.sent.unanswered(0)).toEqual([]);
    take({ ...order, status: "pending_new" });
    expect(lines()).toEqual(["fill filled 10"]);
  });

  it("[AL10] an execution is told once, from the stream and from the list, by one id", () => {
    const { apply, list, fills } = bookOf();
    const order = wireOrderOf();
    const first = wireFill(order, "4", "89.5", "4");
    apply(first);
    apply(first);
    const listed = list(wireActivityOf(order, "4", "89.5", "4"));
    list(wireActivityOf(order, "6", "90", "10"));
    apply(wireFill(order, "6", "90", "10"));
    expect(fills().map(({ quantity, price }) => `${quantity} at ${price}`)).toEqual(["4 at 89.5", "6 at 90"]);
    expect(listed).toEqual(fills()[0]);
    expect(new Set(fills().map(({ executionId }) => executionId)).size).toBe(2);
  });

  it("[AL10] and is the same one in a new process", () => {
    const order = wireOrderOf();
    const before = bookOf();
    before.apply(wireFill(order, "10", "90", "10"));
    const after = bookOf();
    after.take({ ...order, status: "filled", filled_qty: "10", filled_avg_price: "90" }, false);
    expect(after.list(wireActivityOf(order, "10", "90", "10"))).toEqual(before.fills()[0]);
    expect(after.told).toEqual([]);
  });

  it("[AL12] an execution that others are missing before waits for the list", () => {
    const { apply, list, lines } = bookOf();
    const order = wireOrderOf();
    expect(apply(wireFill(order, "6", "90", "10")).hasGap).toBe(true);
    expect(lines()).toEqual([]);
    list(wireActivityOf(order, "4", "89.5", "4"));
    list(wireActivityOf(order, "6", "90", "10"));
    expect(lines()).toEqual(["fill partially_filled 4", "fill filled 10"]);
    expect(apply(wireFill(order, "4", "89.5", "4")).hasGap).toBe(false);
    expect(lines()).toHaveLength(2);
  });

  it("[AL12] in any order and any number of times, everything is told once and nothing falls back", () => {
    const order = wireOrderOf();
    const steps = [
      wireUpdate("pending_new", { ...order, status: "pending_new" }),
      wireUpdate("new", { ...order, updated_at: wireTime(0.5) }),
      wireFill(order, "3", "89", "3"),
      wireFill(order, "3", "89", "6"),
      wireFill(order, "4", "90", "10"),
    ];
    const listed = [
      wireActivityOf(order, "3", "89", "3"),
      wireActivityOf(order, "3", "89", "6"),
      wireActivityOf(order, "4", "90", "10"),
    ];
    fc.assert(
      fc.property(fc.array(fc.nat(steps.length - 1), { maxLength: 12 }), (sequence) => {
        const { apply, list, told, fills } = bookOf();
        for (const index of sequence) {
          const step = steps[index];
          if (step !== undefined && apply(step).hasGap) for (const each of listed.slice(0, index - 1)) list(each);
        }
        for (const step of steps) apply(step);
        expect(fills().map(({ quantity }) => quantity)).toEqual(["3", "3", "4"]);
        const filled = told.map(({ order: { filledQuantity } }) => parseFixed(filledQuantity));
        expect(filled).toEqual(filled.toSorted((a, b) => Number(a - b)));
        expect(told.at(-1)?.order).toMatchObject({ status: "filled", averageFillPrice: "90" });
      }),
    );
  });

  it("[AL12] a list that lags behind the stream takes no filled share away", () => {
    const { take, apply, told } = bookOf();
    const order = wireOrderOf();
    apply(wireFill(order, "4", "90", "4"));
    const chain = take({ ...order, updated_at: wireTime(60) });
    expect(chain.head.filled_qty).toBe(parseFixed("4"));
    expect(told).toHaveLength(1);
  });

  it("[AL12] an end stays an end, but for a fill that comes late", () => {
    const { apply, lines } = bookOf();
    const order = wireOrderOf();
    apply(wireUpdate("canceled", { ...order, status: "canceled", updated_at: wireTime(2) }));
    apply(wireUpdate("new", { ...order, updated_at: wireTime(3) }));
    apply(wireFill(order, "10", "90", "10"));
    expect(lines()).toEqual(["order canceled 0", "fill filled 10"]);
  });

  it("filled shares that a list shows are told with their executions, never before them", () => {
    const { book, take, list, lines } = bookOf();
    const order = wireOrderOf();
    take({ ...order, status: "partially_filled", filled_qty: "4", filled_avg_price: "89.5" });
    expect(lines()).toEqual([]);
    expect(book.untold()).toHaveLength(1);
    list(wireActivityOf(order, "4", "89.5", "4"));
    expect(lines()).toEqual(["fill partially_filled 4"]);
    expect(book.untold()).toEqual([]);
  });

  it("[AL14] an order that was replaced is one order with its first ids", () => {
    const { book, take, apply, told } = bookOf();
    const first = wireOrderOf({ client_order_id: "mine" });
    take(first);
    const second = wireOrderOf({
      replaces: first.id,
      limit_price: "91",
      qty: "12",
      status: "pending_new",
      updated_at: wireTime(1),
    });
    take(second);
    expect(told.at(-1)?.order).toMatchObject({ status: "pending_replace", price: "90" });
    apply(wireUpdate("replaced", { ...first, status: "replaced", replaced_by: second.id, updated_at: wireTime(1) }));
    apply(wireUpdate("new", { ...second, status: "new", updated_at: wireTime(2) }));
    apply(wireFill(second, "12", "91", "12"));
    expect(told.map(({ order }) => [order.orderId, order.clientOrderId])).toEqual(told.map(() => [first.id, "mine"]));
    expect(told.at(-1)).toMatchObject({
      type: "fill",
      order: { status: "filled", quantity: "12", filledQuantity: "12" },
    });
    expect(book.chain(second.id)).toBe(book.chainByClientId("mine"));
  });

  it("[AL14] where the first fills before it is replaced, the second is refused and the order is filled", () => {
    const { take, apply, told } = bookOf();
    const first = wireOrderOf();
    take(first);
    const second = wireOrderOf({ replaces: first.id, limit_price: "91", status: "pending_new" });
    take(second);
    apply(wireFill(first, "10", "90", "10"));
    apply(wireUpdate("rejected", { ...second, status: "rejected", updated_at: wireTime(11) }));
    expect(told.at(-1)?.order).toMatchObject({ status: "filled", price: "90", filledQuantity: "10" });
  });

  it.each([
    ["counts them", "4", "10"],
    ["begins anew", "0", "6"],
  ])("[AL14] fills of both are counted once, where the second %s", (_how, carried, after) => {
    const { take, apply, told, fills } = bookOf();
    const first = wireOrderOf();
    take(first);
    apply(wireFill(first, "4", "90", "4"));
    const qty = carried === "0" ? "6" : "10";
    const second = wireOrderOf({
      replaces: first.id,
      qty,
      limit_price: "91",
      status: "pending_new",
      filled_qty: carried,
    });
    take(second);
    apply(
      wireUpdate("replaced", {
        ...first,
        filled_qty: "4",
        filled_avg_price: "90",
        status: "replaced",
        replaced_by: second.id,
        updated_at: wireTime(5),
      }),
    );
    apply(wireFill(second, "6", "91", after));
    expect(fills().map(({ quantity }) => quantity)).toEqual(["4", "6"]);
    expect(told.at(-1)?.order).toMatchObject({ status: "filled", quantity: "10", filledQuantity: "10" });
  });

  it("[AL15] the legs of a bracket know their group and that they are held", () => {
    const { book, take, apply, told } = bookOf();
    const exits = { side: "sell", order_class: "bracket", status: "held" };
    const profit = wireOrderOf({ ...exits, limit_price: "101" });
    const loss = wireOrderOf({ ...exits, type: "stop", limit_price: null, stop_price: "98" });
    const entry = wireOrderOf({ order_class: "bracket", legs: [profit, loss] });
    take(entry);
    const id = entry.id;
    expect(told.map(({ order }) => [order.group, order.isHeld ?? false])).toEqual([
      [{ id, role: "entry" }, false],
      [{ id, role: "take_profit" }, true],
      [{ id, role: "stop_loss" }, true],
    ]);
    const working = { ...profit, status: "new", updated_at: wireTime(1) };
    apply(wireUpdate("new", working));
    // Alpaca tells nobody that it canceled the other exit.
    expect(apply(wireFill(working, "10", "101", "10")).reread).toEqual([id]);
    expect(book.openChains()).toHaveLength(2);
  });

  it("[AL16] a state that nobody knows is not taken for one: what was known stays, and the order is read again", () => {
    const { book, take, apply, told } = bookOf();
    const order = wireOrderOf();
    take(order);
    const strange = { ...order, status: "frozen_in_amber", updated_at: wireTime(1) };
    expect(apply(wireUpdate("frozen_in_amber", strange)).reread).toEqual([order.id]);
    expect(told.at(-1)?.order).toMatchObject({
      status: "submitted",
      reason: expect.stringContaining("frozen_in_amber"),
    });
    const chain = take({ ...wireOrderOf(), status: "frozen_in_amber" });
    expect(() => book.view(chain)).toThrow(BrokerError);
    expect(apply(wireUpdate("restated", { ...order, updated_at: wireTime(2) })).reread).toEqual([order.id]);
    expect(told.at(-1)?.order).toMatchObject({ status: "submitted", reason: null });
  });

  it("[AL3] orders that the desk has no words for are kept and not told", () => {
    const { book, take, told } = bookOf();
    const spread = take({ ...wireOrderOf(), symbol: "", side: null, order_class: "mleg", type: "limit" });
    const novel = take({ ...wireOrderOf(), type: "pegged" });
    const foreign = take(wireOrderOf({ client_order_id: `ü${"x".repeat(100)}` }));
    expect([book.view(spread), book.view(novel)]).toEqual([null, null]);
    expect(told.map(({ order }) => order.clientOrderId)).toEqual([foreign.root.id]);
  });
});

describe("what ended long ago", () => {
  const LATER = Date.parse(wireTime(1_000));
  const ended = (change: object = {}) => ({
    ...wireOrderOf({ status: "filled", filled_qty: "10", filled_avg_price: "90", updated_at: wireTime(10) }),
    ...change,
  });
  const ids = ({ book }: ReturnType<typeof bookOf>) => book.chains().map(({ root }) => root.id);

  it("[AL28] is forgotten; what is open, changed lately or waits for its executions is not", () => {
    const desk = bookOf();
    const order = wireOrderOf();
    desk.apply(wireFill(order, "10", "90", "10"));
    const open = desk.take(wireOrderOf({ updated_at: wireTime(1) })).root.id;
    const lately = desk.take(wireOrderOf({ status: "canceled", updated_at: wireTime(2_000) })).root.id;
    const awaited = desk.take(ended()).root.id;
    expect(ids(desk)).toHaveLength(4);
    expect(desk.book.prune(LATER)).toBe(1);
    expect(ids(desk)).toEqual([open, lately, awaited]);
    expect(desk.book.chainByClientId(order.client_order_id)).toBeUndefined();
    expect(desk.book.prune(LATER)).toBe(0);
  });

  it("[AL28] and told of again it is no news, but is what it was", () => {
    const desk = bookOf();
    const order = wireOrderOf();
    desk.apply(wireFill(order, "4", "89.5", "4"));
    desk.apply(wireFill(order, "6", "90", "10"));
    const before = [...desk.told];
    const fills = desk.fills();
    desk.book.prune(LATER);
    desk.take({ ...order, status: "filled", filled_qty: "10", filled_avg_price: "89.8", updated_at: wireTime(10) });
    const listed = [wireActivityOf(order, "4", "89.5", "4"), wireActivityOf(order, "6", "90", "10")].map(desk.list);
    expect(listed.map((fill) => fill?.executionId)).toEqual(fills.map(({ executionId }) => executionId));
    expect(desk.told).toEqual(before);
    expect(desk.book.untold()).toEqual([]);
  });

  it("[AL28] a group is forgotten as a whole, and an order with all that it was replaced by", () => {
    const desk = bookOf();
    const leg = wireOrderOf({ status: "held", type: "stop", stop_price: "80", limit_price: null, side: "sell" });
    const entry = { ...ended({ status: "canceled", filled_qty: "0" }), order_class: "bracket", legs: [leg] };
    desk.take(entry);
    expect(desk.book.prune(LATER)).toBe(0);
    desk.apply(wireUpdate("canceled", { ...leg, status: "canceled", updated_at: wireTime(3) }));
    const first = wireOrderOf({ status: "replaced", replaced_by: "b", updated_at: wireTime(1) });
    desk.take(first);
    desk.take(wireOrderOf({ id: "b", replaces: first.id, status: "canceled", updated_at: wireTime(2) }));
    expect(desk.book.prune(LATER)).toBe(3);
    expect(["b", first.id, leg.id].map((id) => desk.book.chain(id))).toEqual([undefined, undefined, undefined]);
  });

  it("[AL28] whatever is forgotten in between, each change is told once, as if nothing had been", () => {
    const step = fc.record({ fills: fc.constantFrom(0, 1, 2), rereads: fc.array(fc.nat(20), { maxLength: 3 }) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), fc.integer({ min: 1, max: 5 }), (steps, kept) => {
        const orders = steps.map(() => wireOrderOf());
        const run = (isPruned: boolean): readonly string[] => {
          const { book, told, take, apply, list } = bookOf();
          const states: (() => void)[] = [];
          steps.forEach(({ fills, rereads }, index) => {
            const order = { ...orders[index], qty: String(fills * 5 || 10) };
            const at = { updated_at: wireTime(index * 100) };
            const fill = (count: number) =>
              wireFill(order, "5", "90", String(count * 5), { execution_id: `${index}-${count}` });
            for (let count = 1; count <= fills; count += 1) apply(fill(count));
            const status = fills > 0 ? "filled" : "canceled";
            const end = { ...order, ...at, status, filled_qty: String(fills * 5), filled_avg_price: "90" };
            take(end);
            states.push(() => {
              take(end);
              for (let count = 1; count <= fills; count += 1) list(wireActivityOf(order, "5", "90", String(count * 5)));
            });
            if (isPruned) book.prune(Date.parse(wireTime((index - kept) * 100)));
            for (const each of rereads) states[each]?.();
          });
          return told.map(({ type, order }) => `${type} ${order.orderId} ${order.status} ${order.filledQuantity}`);
        };
        expect(run(true)).toEqual(run(false));
      }),
    );
  });
});
