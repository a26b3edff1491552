import type { Fixed } from "../domain/decimal.ts";
import type { PaperOrder } from "./PaperOrder.ts";

/** Negative when `a` goes before `b`, 0 where they are the same price. */
export type PriceOrder = (a: Fixed | null, b: Fixed | null) => number;

/** Highest first; null, a market order, before every price. */
export const higherFirst: PriceOrder = (a, b) => {
  if (a === b) return 0;
  if (a === null) return -1;
  if (b === null) return 1;
  return a > b ? -1 : 1;
};

/** Lowest first; null, a market order, before every price. */
export const lowerFirst: PriceOrder = (a, b) => (a === null || b === null ? higherFirst(a, b) : higherFirst(b, a));

const byTime = (a: PaperOrder, b: PaperOrder): number => a.terms.priority - b.terms.priority;

/** Market orders, then the better price, then the earlier order (PX31); never 0 for two different orders. */
export const PRECEDENCE = {
  buy: (a, b) => higherFirst(a.terms.price, b.terms.price) || byTime(a, b),
  sell: (a, b) => lowerFirst(a.terms.price, b.terms.price) || byTime(a, b),
} as const satisfies Record<string, (a: PaperOrder, b: PaperOrder) => number>;
