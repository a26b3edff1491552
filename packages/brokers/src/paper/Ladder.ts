import type { Fixed } from "../domain/decimal.ts";
import type { PaperOrder } from "./PaperOrder.ts";

/** Negative when `a` goes before `b`; never 0 for two different orders. */
export type Precedence = (a: PaperOrder, b: PaperOrder) => number;

const byTime: Precedence = (a, b) => a.terms.priority - b.terms.priority;

/** Highest first; null, a market order, before every price. */
function higherFirst(a: Fixed | null, b: Fixed | null): number {
  if (a === b) return 0;
  if (a === null) return -1;
  if (b === null) return 1;
  return a > b ? -1 : 1;
}

function lowerFirst(a: Fixed | null, b: Fixed | null): number {
  return a === null || b === null ? higherFirst(a, b) : higherFirst(b, a);
}

/** Market orders, then the better price, then the earlier order (PX31). */
export const PRECEDENCE = {
  buy: (a, b) => higherFirst(a.terms.price, b.terms.price) || byTime(a, b),
  sell: (a, b) => lowerFirst(a.terms.price, b.terms.price) || byTime(a, b),
} as const satisfies Record<string, Precedence>;

/** The stop that the market reaches first, then the earlier order (PX36). */
export const STOP_PRECEDENCE = {
  buy: (a, b) => lowerFirst(a.terms.stopPrice, b.terms.stopPrice) || byTime(a, b),
  sell: (a, b) => higherFirst(a.terms.stopPrice, b.terms.stopPrice) || byTime(a, b),
} as const satisfies Record<string, Precedence>;

/** Orders of one side in the order in which they are served. An order's terms must not change while it is on a ladder. */
export class Ladder {
  /** The best one last, so that serving it costs no move of the others. */
  readonly #orders: PaperOrder[] = [];
  readonly #precedence: Precedence;

  constructor(precedence: Precedence) {
    this.#precedence = precedence;
  }

  get size(): number {
    return this.#orders.length;
  }

  /** The best first. */
  *[Symbol.iterator](): Iterator<PaperOrder> {
    yield* this.#orders.toReversed();
  }

  /** The one at `rank`, 0 being the best. */
  at(rank: number): PaperOrder | undefined {
    return this.#orders[this.#orders.length - 1 - rank];
  }

  /** The one that is served next after `order`, which may have left the ladder by now. */
  after(order: PaperOrder): PaperOrder | undefined {
    const index = this.#indexOf(order);
    return this.#orders[index - 1];
  }

  add(order: PaperOrder): void {
    this.#orders.splice(this.#indexOf(order), 0, order);
  }

  remove(order: PaperOrder): void {
    const index = this.#indexOf(order);
    if (this.#orders[index] === order) this.#orders.splice(index, 1);
  }

  /** Where the order stands, or would stand. */
  #indexOf(order: PaperOrder): number {
    let low = 0;
    let high = this.#orders.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = this.#orders[middle];
      if (other !== undefined && this.#precedence(other, order) > 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
