import fc from "fast-check";
import { expect, it } from "vitest";
import { ONE, parseFixed } from "../domain/decimal.ts";
import { clientOrderId, venueOrderId } from "../domain/ids.ts";
import type { TimeInForce } from "../domain/order.ts";
import { Expiries } from "./Expiries.ts";
import { PaperExchange } from "./PaperExchange.ts";
import { PaperOrder } from "./PaperOrder.ts";
import { order, paperConfig, TEN_O_CLOCK as T, tick } from "./scenarios/fixture.ts";

function orderEnding(position: number, expiresAt: number | null, timeInForce: TimeInForce): PaperOrder {
  const made = new PaperOrder(
    {
      orderId: venueOrderId(`P-${position}`),
      clientOrderId: clientOrderId(`c-${position}`),
      symbol: "SPY",
      side: "buy",
      orderType: "limit",
      extendedHours: false,
      trail: null,
      group: null,
      notional: null,
    },
    { timeInForce, quantity: ONE, price: ONE, stopPrice: null, referencePrice: ONE, expiresAt, priority: position },
    0,
  );
  made.position = position;
  return made;
}

it("[PX42] whoever is due is found as by looking through all orders, in the order of their ends", () => {
  const end = fc.option(fc.nat(20), { nil: null });
  const life = fc.record({
    end,
    kind: fc.constantFrom<TimeInForce>("gtc", "cls"),
    fate: fc.constantFrom("stays", "ends", "moves"),
  });
  fc.assert(
    fc.property(fc.array(life, { maxLength: 60 }), fc.array(fc.nat(22), { maxLength: 6 }), (lives, instants) => {
      const expiries = new Expiries();
      const orders = lives.map(({ end: expiresAt, kind }, index) => orderEnding(index, expiresAt, kind));
      for (const each of orders) expiries.add(each);
      for (const [index, { fate }] of lives.entries()) {
        const each = orders[index];
        if (each === undefined || fate === "stays") continue;
        if (fate === "ends") each.status = "filled";
        else {
          each.terms = { ...each.terms, expiresAt: ((each.terms.expiresAt ?? 0) * 7) % 20 };
          expiries.add(each);
        }
      }
      const rank = ({ terms }: PaperOrder): number => (terms.timeInForce === "cls" ? 0 : 1);
      for (const now of instants.toSorted((a, b) => a - b)) {
        const expected = orders
          .filter(({ isOpen, terms }) => isOpen && terms.expiresAt !== null && terms.expiresAt <= now)
          .map((each) => ({ order: each, expiresAt: each.terms.expiresAt ?? 0 }))
          .toSorted((a, b) => a.expiresAt - b.expiresAt || rank(a.order) - rank(b.order));
        const due = expiries.takeDue(now);
        expect(new Set(due.map((each) => each.order))).toEqual(new Set(expected.map((each) => each.order)));
        for (const each of due) each.order.status = "expired";
        const first = due.filter((each, index) => due.findIndex(({ order: one }) => one === each.order) === index);
        expect(first).toEqual(expected);
        expect(expiries.nextAt).toBeGreaterThan(now);
      }
    }),
  );
});

it("[PX42] orders with ends of their own and orders for the day expire in turn, also after a restart", () => {
  const exchange = PaperExchange.create(paperConfig());
  exchange.onTick(tick({ timestamp: T, ask: 100, askSize: 100 }));
  const ends = [5_000, 3_000, 4_000, 3_000, 9_000];
  for (const [index, after] of ends.entries()) {
    const id = `g${index}`;
    exchange.submit(T, order({ id, type: "limit", price: "9.00", timeInForce: "gtc", expiresAt: T + after }));
  }
  exchange.submit(T, order({ id: "day", type: "limit", price: "9.00" }));
  const fourth = exchange.orderByClientId("g4");
  exchange.replace(T, fourth?.orderId ?? "", { timeInForce: "day", price: parseFixed("8.00") });
  const restored = PaperExchange.restore(paperConfig(), exchange.snapshot(), []);
  const names = new Map(exchange.orders().map(({ orderId, clientOrderId: name }) => [String(orderId), name]));
  const lives = [exchange, restored].map((each) =>
    [...each.advanceTo(T + 4_000), ...each.advanceTo(T + 24 * 3_600_000)].flatMap((event) =>
      event.type === "order_expired" ? [[names.get(event.orderId), event.at - T]] : [],
    ),
  );
  const endOfDay = lives[0]?.at(-1)?.[1];
  expect(lives[0]).toEqual([
    ["g1", 3_000],
    ["g3", 3_000],
    ["g2", 4_000],
    ["g0", 5_000],
    ["g4", endOfDay],
    ["day", endOfDay],
  ]);
  expect(lives[1]).toEqual(lives[0]);
});
