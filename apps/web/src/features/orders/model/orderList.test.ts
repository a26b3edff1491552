import type { OrderView } from "@trenddojo/server/wire";
import fc from "fast-check";
import { expect, test } from "vitest";
import { anOrder } from "../../../testing/builders.ts";
import { createOrderBook } from "./orderBook.ts";
import { currentOrders } from "./orderList.ts";
import type { OrderFilter, OrderPage } from "./orderList.ts";

const page = (orders: readonly OrderView[], change: Partial<OrderPage> = {}): OrderPage => ({
  orders,
  nextCursor: null,
  askedAt: 0,
  ...change,
});
const working = anOrder({ revision: 3 });
const filled = anOrder({ revision: 5, state: "FILLED", filledQuantity: "100" });

/** The list of one page or more after the book has heard `heard`, in turn. */
function listed(pages: readonly OrderPage[], filter: OrderFilter, heard: readonly OrderView[]) {
  const book = createOrderBook();
  for (const order of heard) book.take([order]);
  return currentOrders({ accountId: working.accountId, filter, pages }, book.known.get());
}

test("[UO1] an order's latest takes its place in every list that it fits", () => {
  expect(listed([page([working])], "all", [filled])).toEqual([filled]);
  expect(listed([page([working])], "open", [filled])).toEqual([]);
  expect(listed([page([])], "closed", [filled])).toEqual([filled]);
  expect(listed([page([])], "open", [filled])).toEqual([]);
});

test("[UO2] an answer that was overtaken changes nothing, also when the order has left the list by then", () => {
  expect(listed([page([working])], "all", [filled, working])).toEqual([filled]);
  expect(listed([page([])], "open", [filled, working])).toEqual([]);
});

test("[UO3] a new order comes where its time belongs, once", () => {
  const newer = anOrder({ id: "order-2", createdAt: "2026-11-23T15:00:01.000Z" });
  const older = anOrder({ id: "order-3", createdAt: "2026-11-23T14:59:00.000Z" });
  expect(listed([page([working]), page([])], "all", [older, newer, newer])).toEqual([newer, working, older]);
});

test("[UO11] an old order of a page that is not loaded stays out; it comes with its page, once", () => {
  const old = anOrder({ id: "order-0", createdAt: "2026-11-20T15:00:00.000Z", revision: 9 });
  const first = page([working], { nextCursor: "more" });
  expect(listed([first], "all", [old])).toEqual([working]);
  const stored = { ...old, revision: 8 };
  expect(listed([first, page([stored])], "all", [old])).toEqual([working, old]);
});

test("[UO12] a page that was asked for before an event and answered after it neither undoes nor misses it", () => {
  const created = anOrder({ id: "order-2", createdAt: "2026-11-23T15:00:01.000Z" });
  expect(listed([page([working], { askedAt: 0 })], "open", [filled, created])).toEqual([created]);
});

test("[UO13] an order that the desk, asked later, no longer lists is gone; another account's is never there", () => {
  expect(listed([page([], { askedAt: 1 })], "open", [working])).toEqual([]);
  expect(listed([page([])], "all", [anOrder({ accountId: "account-2" })])).toEqual([]);
});

test("[UO14] in whatever order its versions are heard, an order stands as its newest", () => {
  const versions = [1, 2, 3, 4, 5].map((revision) => anOrder({ revision, filledQuantity: String(revision) }));
  fc.assert(
    fc.property(fc.shuffledSubarray(versions, { minLength: 1 }), (heard) => {
      const newest = Math.max(...heard.map(({ revision }) => revision));
      expect(listed([page([])], "all", heard).map(({ revision }) => revision)).toEqual([newest]);
    }),
  );
});
