import fc from "fast-check";
import { expect, it } from "vitest";
import { ONE } from "../domain/decimal.ts";
import { clientOrderId, venueOrderId } from "../domain/ids.ts";
import { OrderRegister } from "./OrderRegister.ts";
import { PaperOrder } from "./PaperOrder.ts";

function orderNamed(orderId: string, client: string): PaperOrder {
  return new PaperOrder(
    {
      orderId: venueOrderId(orderId),
      clientOrderId: clientOrderId(client),
      symbol: "SPY",
      side: "buy",
      orderType: "market",
      extendedHours: false,
      trail: null,
      group: null,
      notional: null,
    },
    {
      timeInForce: "day",
      quantity: ONE,
      price: null,
      stopPrice: null,
      referencePrice: 0n,
      expiresAt: null,
      priority: 1,
    },
    0,
  );
}

const open = (register: OrderRegister): readonly string[] => Array.from(register.open, ({ orderId }) => orderId);

function registerOf(count: number): { readonly register: OrderRegister; readonly orders: readonly PaperOrder[] } {
  const register = new OrderRegister();
  const orders = Array.from({ length: count }, (_, index) => orderNamed(`P-${index}`, `c-${index}`));
  for (const order of orders) {
    register.add(order);
    register.enlist(order);
  }
  return { register, orders };
}

it("[PX10] finds each of many orders by both of its ids, and none by another", () => {
  const { register, orders } = registerOf(5_000);
  for (const order of orders) {
    expect(register.find(order.orderId)).toBe(order);
    expect(register.findByClientId(order.clientOrderId)).toBe(order);
    expect(register.find(order.clientOrderId)).toBeUndefined();
  }
  for (const id of ["", "P-5000", "P-", "none"]) expect(register.find(id)).toBeUndefined();
  expect(Array.from(register.all)).toEqual(orders);
});

it("[PX10] keeps ids apart whatever they are like, as a map does; the last order of an id has it", () => {
  const id = fc.string({ unit: fc.constantFrom("a", "b", "-", "1"), minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(fc.array(fc.tuple(id, id), { maxLength: 200 }), fc.array(id), (given, asked) => {
      const register = new OrderRegister();
      const byId = new Map<string, PaperOrder>();
      const byClientId = new Map<string, PaperOrder>();
      for (const [orderId, client] of given) {
        const order = orderNamed(orderId, client);
        register.add(order);
        byId.set(orderId, order);
        byClientId.set(client, order);
      }
      for (const one of [...asked, ...given.flat()]) {
        expect(register.find(one)).toBe(byId.get(one));
        expect(register.findByClientId(one)).toBe(byClientId.get(one));
      }
    }),
  );
});

it("[PX10] two ids that hash to the same number are two ids", () => {
  const register = new OrderRegister();
  const [first, second] = [orderNamed("order-a90e", "c-1"), orderNamed("order-hpe0", "c-2")];
  register.add(first);
  expect(register.find("order-hpe0")).toBeUndefined();
  register.add(second);
  expect([register.find("order-a90e"), register.find("order-hpe0")]).toEqual([first, second]);
});

it("[PX2] open orders stand in the order of acceptance, and those that end are left out", () => {
  fc.assert(
    fc.property(fc.nat(12), fc.array(fc.nat(11), { maxLength: 12 }), (count, ending) => {
      const { register, orders } = registerOf(count);
      for (const index of new Set(ending)) {
        const order = orders[index];
        if (order === undefined) continue;
        register.strike(order);
        order.status = "canceled";
      }
      const left = orders.filter(({ isOpen }) => isOpen).map(({ orderId }) => orderId);
      expect(open(register)).toEqual(left);
      const late = orderNamed("P-late", "late");
      register.add(late);
      register.enlist(late);
      expect(open(register)).toEqual([...left, "P-late"]);
    }),
  );
});

it("[PX2] those that changed of late are found as by looking through all orders", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(1_999), { maxLength: 20 }), fc.nat(21), (touched, since) => {
      const { register, orders } = registerOf(2_000);
      for (const [at, index] of touched.entries()) {
        const order = orders[index];
        if (order !== undefined) register.touch(order, at + 1);
      }
      expect(register.changedSince(since)).toEqual(orders.filter(({ updatedAt }) => updatedAt >= since));
    }),
    { numRuns: 20 },
  );
});

it("[PX113] whoever ends while the open orders are gone through is left out, also the one that is looked at", () => {
  const { register, orders } = registerOf(6);
  const seen: string[] = [];
  for (const order of register.open) {
    seen.push(order.orderId);
    // As with its group: the order itself and the next one end together.
    for (const ended of [order, orders[orders.indexOf(order) + 1]]) {
      if (ended === undefined) continue;
      register.strike(ended);
      ended.status = "canceled";
    }
  }
  expect(seen).toEqual(["P-0", "P-2", "P-4"]);
  expect(open(register)).toEqual([]);
});
