import type { Fixed } from "../domain/decimal.ts";
import type { PaperOrder } from "./PaperOrder.ts";

/**
 * The orders of a ladder at one price, the earlier first: a chain through the orders themselves, so that joining and
 * leaving cost the same however many there are.
 */
export class Rung {
  /** Null for orders that take any price. */
  readonly price: Fixed | null;
  first: PaperOrder | null = null;
  #last: PaperOrder | null = null;

  constructor(price: Fixed | null) {
    this.price = price;
  }

  /** Most orders are the newest; one that kept its priority goes back to where it was. */
  add(order: PaperOrder): void {
    let before = this.#last;
    while (before !== null && before.terms.priority > order.terms.priority) before = before.earlier;
    const after = before === null ? this.first : before.later;
    order.rung = this;
    order.earlier = before;
    order.later = after;
    if (before === null) this.first = order;
    else before.later = order;
    if (after === null) this.#last = order;
    else after.earlier = order;
  }

  remove(order: PaperOrder): void {
    const { earlier, later } = order;
    if (earlier === null) this.first = later;
    else earlier.later = later;
    if (later === null) this.#last = earlier;
    else later.earlier = earlier;
    order.rung = null;
    order.earlier = null;
    order.later = null;
  }

  /** The first that queues later than event `priority`. */
  firstAfter(priority: number): PaperOrder | null {
    let order = this.first;
    while (order !== null && order.terms.priority <= priority) order = order.later;
    return order;
  }
}
