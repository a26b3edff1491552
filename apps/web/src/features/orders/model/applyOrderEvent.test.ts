import { expect, test } from "vitest";
import { anOrder } from "../../../testing/builders.ts";
import { applyToPages } from "./applyOrderEvent.ts";

const page = (...orders: ReturnType<typeof anOrder>[]) => ({ orders, nextCursor: null });
const working = anOrder();
const filled = anOrder({ state: "FILLED", filledQuantity: "100", updatedAt: "2026-11-23T15:00:05.000Z" });

test("[UO1] an order's latest takes its place in every list that it fits", () => {
  expect(applyToPages([page(working)], filled, "all")).toEqual([page(filled)]);
  expect(applyToPages([page(working)], filled, "open")).toEqual([page()]);
  expect(applyToPages([page()], filled, "closed")).toEqual([page(filled)]);
  expect(applyToPages([page(), page()], filled, "open")).toEqual([page(), page()]);
});

test("[UO2] an answer that was overtaken by an event changes nothing", () => {
  const pages = [page(filled)];
  expect(applyToPages(pages, working, "all")).toEqual([page(filled)]);
});

test("[UO3] a new order comes on top of the first page, once", () => {
  const other = anOrder({ id: "order-2" });
  const once = applyToPages([page(working), page()], other, "all");
  expect(applyToPages(once, other, "all")).toEqual([page(other, working), page()]);
});
