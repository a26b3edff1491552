import { expect, test } from "vitest";
import { createQuoteStore } from "../../../lib/quoteStore.ts";
import { aTuple } from "../../../testing/builders.ts";
import { fakeClock } from "../../../testing/fakeClock.ts";
import { quoteNumbers } from "./quoteNumbers.ts";
import { addSymbol, moveSymbol, removeSymbol } from "./watchlistOrder.ts";

test("[UW1] symbols are added once, moved as far as the list goes and removed", () => {
  expect(addSymbol(["A", "B"], "B")).toEqual(["A", "B"]);
  expect(addSymbol(["A"], "B")).toEqual(["A", "B"]);
  expect(moveSymbol(["A", "B", "C"], "C", -5)).toEqual(["C", "A", "B"]);
  expect(moveSymbol(["A", "B", "C"], "A", 1)).toEqual(["B", "A", "C"]);
  expect(removeSymbol(["A", "B"], "A")).toEqual(["B"]);
  const full = Array.from({ length: 500 }, (_, index) => `S${index}`);
  expect(addSymbol(full, "A")).toBe(full);
});

test("[UW2] change and spread carry no dust of floats; without a price there is none", () => {
  const store = createQuoteStore((flush) => flush(), fakeClock());
  store.apply("c", { sequence: 0, at: 5, quotes: [aTuple("AAPL", 185.1, 5)] }, 0);
  expect(quoteNumbers(store.get("c", "AAPL"))).toMatchObject({ price: 185.1, change: 0.1, spread: 0.02 });
  expect(quoteNumbers(undefined)).toEqual({ price: null, change: null, changeFraction: null, spread: null });
});
