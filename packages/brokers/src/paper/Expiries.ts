import type { PaperOrder } from "./PaperOrder.ts";

/** An order that ends, and when, epoch milliseconds. */
export interface DueOrder {
  readonly order: PaperOrder;
  readonly expiresAt: number;
}

/** Which orders end at which instant, so that nobody has to look through all that are open. Orders for a day share theirs. */
export class Expiries {
  /** In the order in which they were added. One that ended before, or ends at another instant since, is left in. */
  readonly #orders = new Map<number, PaperOrder[]>();
  /** The instants of `#orders` as a binary heap: none comes before the one that it hangs on. */
  readonly #instants: number[] = [];

  /** The first instant at which an order may be due, epoch milliseconds; infinite where there is none. */
  get nextAt(): number {
    return this.#instants[0] ?? Number.POSITIVE_INFINITY;
  }

  /** The order ends when its terms say so; one without an end is not kept. */
  add(order: PaperOrder): void {
    const { expiresAt } = order.terms;
    if (expiresAt === null) return;
    const orders = this.#orders.get(expiresAt);
    if (orders !== undefined) orders.push(order);
    else {
      this.#orders.set(expiresAt, [order]);
      this.#rise(expiresAt);
    }
  }

  /** Takes out the open orders that end at or before `now`: the earliest end first, then closings, then as they came. */
  takeDue(now: number): readonly DueOrder[] {
    const due: DueOrder[] = [];
    for (let expiresAt = this.nextAt; expiresAt <= now; expiresAt = this.nextAt) {
      const orders = this.#orders.get(expiresAt) ?? [];
      this.#orders.delete(expiresAt);
      this.#dropFirst();
      const ending = orders.filter((order) => order.isOpen && order.terms.expiresAt === expiresAt);
      for (const order of ending.toSorted(byTurn)) due.push({ order, expiresAt });
    }
    return due;
  }

  #rise(instant: number): void {
    const heap = this.#instants;
    let place = heap.push(instant) - 1;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      const above = heap[parent] ?? instant;
      if (above <= instant) break;
      heap[place] = above;
      place = parent;
    }
    heap[place] = instant;
  }

  #dropFirst(): void {
    const heap = this.#instants;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    let place = 0;
    for (;;) {
      const left = 2 * place + 1;
      const child = (heap[left + 1] ?? Infinity) < (heap[left] ?? Infinity) ? left + 1 : left;
      const below = heap[child];
      if (below === undefined || below >= last) break;
      heap[place] = below;
      place = child;
    }
    heap[place] = last;
  }
}

/** The closing trades before the orders for the day end with its session. */
const rank = ({ terms }: PaperOrder): number => (terms.timeInForce === "cls" ? 0 : 1);
const byTurn = (a: PaperOrder, b: PaperOrder): number => rank(a) - rank(b) || a.position - b.position;
