import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ONE, parseFixed, type Fixed } from "../domain/decimal.ts";
import { clientOrderId, venueOrderId } from "../domain/ids.ts";
import type { OrderSide } from "../domain/order.ts";
import type { Ladder } from "./Ladder.ts";
import { BookSide } from "./OrderBook.ts";
import { PaperOrder } from "./PaperOrder.ts";
import { PRECEDENCE } from "./precedence.ts";

function orderAt(side: OrderSide, price: Fixed | null, priority: number): PaperOrder {
  return new PaperOrder(
    {
      orderId: venueOrderId(`P-${priority}`),
      clientOrderId: clientOrderId(`c-${priority}`),
      symbol: "SPY",
      side,
      orderType: price === null ? "market" : "limit",
      extendedHours: false,
      trail: null,
      group: null,
      notional: null,
    },
    { timeInForce: "day", quantity: ONE, price, stopPrice: null, referencePrice: 0n, expiresAt: null, priority },
    0,
  );
}

/** Few prices, so that orders meet; the last two are the same float. */
const PRICES = [null, ...["99.98", "99.99", "100", "100.01"].map(parseFixed), 10n ** 26n, 10n ** 26n + 1n];

interface Act {
  readonly price: number;
  /** Where it queues among orders that came at other times; most come last. */
  readonly isOld: boolean;
  /** Which of those that stand there leaves first, if any. */
  readonly leaves: number | null;
}

const act: fc.Arbitrary<Act> = fc.record({
  price: fc.nat(PRICES.length - 1),
  isOld: fc.boolean(),
  leaves: fc.option(fc.nat(40)),
});

describe.each(["buy", "sell"] as const)("the ladder of a %s side", (side) => {
  /** Whatever joined and left: the ladder, and the plain list that it must be like. */
  function afterActs(acts: readonly Act[]): { readonly ladder: Ladder; readonly list: PaperOrder[] } {
    const ladder = new BookSide(side).working;
    const list: PaperOrder[] = [];
    for (const [index, { price, isOld, leaves }] of acts.entries()) {
      const leaving = leaves === null ? undefined : list[leaves % Math.max(list.length, 1)];
      if (leaving !== undefined) {
        ladder.remove(leaving);
        list.splice(list.indexOf(leaving), 1);
      }
      const order = orderAt(side, PRICES[price] ?? null, isOld ? -index : index + 1);
      ladder.add(order);
      list.push(order);
      list.sort(PRECEDENCE[side]);
    }
    return { ladder, list };
  }
  const ids = (orders: Iterable<PaperOrder>): readonly string[] => Array.from(orders, ({ orderId }) => orderId);

  it("[PX31] serves the better price, then the earlier order, whoever came and went", () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 60 }), (acts) => {
        const { ladder, list } = afterActs(acts);
        expect(ids(ladder)).toEqual(ids(list));
        expect([ladder.size, ladder.first]).toEqual([list.length, list[0]]);
      }),
    );
  });

  it("[PX31] goes on behind an order that left while it was served, alone or with others", () => {
    fc.assert(
      fc.property(fc.array(act, { minLength: 2, maxLength: 60 }), fc.nat(59), fc.nat(3), (acts, at, others) => {
        const { ladder, list } = afterActs(acts);
        const place = at % list.length;
        const leaving = list.slice(place, place + 1 + others);
        for (const order of leaving) ladder.remove(order);
        const [served] = leaving;
        if (served === undefined) return;
        expect(ladder.after(served)).toBe(list[place + leaving.length]);
      }),
    );
  });

  it("[PX30] is clearly beyond a price only where no order accepts it", () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 20 }), fc.constantFrom(99.98, 99.985, 100, 100.02), (acts, price) => {
        const { ladder, list } = afterActs(acts);
        const best = list[0]?.terms.price;
        if (!ladder.isClearlyBeyond(price)) return;
        expect(best === undefined || (best !== null && (side === "buy") === best < parseFixed(price))).toBe(true);
      }),
    );
  });

  it("[PX30] leaves a quote to the exact comparison where it is as good as the best limit", () => {
    const ladder = new BookSide(side).working;
    expect(ladder.isClearlyBeyond(100)).toBe(true);
    const order = orderAt(side, parseFixed(100), 1);
    ladder.add(order);
    expect(ladder.isClearlyBeyond(100)).toBe(false);
    expect(ladder.isClearlyBeyond(side === "buy" ? 100.01 : 99.99)).toBe(true);
    ladder.remove(order);
    expect(ladder.isClearlyBeyond(side === "buy" ? 1 : 1_000)).toBe(true);
    ladder.add(orderAt(side, null, 2));
    expect(ladder.isClearlyBeyond(side === "buy" ? 1_000 : 1)).toBe(false);
  });

  it("does nothing for an order that is not on it", () => {
    const ladder = new BookSide(side).working;
    const [first, other] = [orderAt(side, parseFixed(100), 1), orderAt(side, parseFixed(100), 2)];
    ladder.add(first);
    ladder.remove(other);
    expect([ladder.size, ladder.first]).toEqual([1, first]);
  });
});
