import { toNumber, type Fixed } from "../domain/decimal.ts";
import type { PaperOrder } from "./PaperOrder.ts";
import { higherFirst, lowerFirst, type PriceOrder } from "./precedence.ts";
import { Rung } from "./Rung.ts";

/** More than a price loses as it becomes a float, and far less than any step between prices. */
const ROUNDING = 2e-6;
/** The rank of orders that take any price, and of nobody. */
const FIRST = Number.POSITIVE_INFINITY;
const NOBODY = Number.NEGATIVE_INFINITY;

export interface LadderRule {
  /** The price that an order is served by; null where it takes any. */
  readonly priceOf: (order: PaperOrder) => Fixed | null;
  readonly serves: "higher_first" | "lower_first";
}

/**
 * Orders of one side in the order in which they are served: by price, then by time. A sorted list of rungs, one a price;
 * where a price belongs is looked up among plain floats that lie side by side, and exactly only where those are the same.
 * An order's terms must not change while it is on a ladder.
 */
export class Ladder {
  /** The best one last, so that serving it costs no move of the others. */
  readonly #rungs: Rung[] = [];
  /** For each rung its price as a float, turned round where the lower price is the better one: higher is better. */
  readonly #ranks: number[] = [];
  readonly #priceOf: (order: PaperOrder) => Fixed | null;
  readonly #byPrice: PriceOrder;
  readonly #sign: 1 | -1;
  #best = NOBODY;
  #size = 0;

  constructor({ priceOf, serves }: LadderRule) {
    this.#priceOf = priceOf;
    this.#byPrice = serves === "higher_first" ? higherFirst : lowerFirst;
    this.#sign = serves === "higher_first" ? 1 : -1;
  }

  get size(): number {
    return this.#size;
  }

  /** The one that is served first. */
  get first(): PaperOrder | undefined {
    return this.#rungs.at(-1)?.first ?? undefined;
  }

  /**
   * True where even the best price is so far from a tick's that no decimal is needed to tell: most orders rest there, and
   * a tick should cost them nothing. False says nothing.
   */
  isClearlyBeyond(price: number): boolean {
    return this.#best < this.#sign * price - ROUNDING;
  }

  /** The best first. */
  *[Symbol.iterator](): Iterator<PaperOrder> {
    const orders: PaperOrder[] = [];
    for (let order = this.first; order !== undefined; order = this.after(order)) orders.push(order);
    yield* orders;
  }

  /** The one that is served next after `order`, which may have left the ladder by now. */
  after(order: PaperOrder): PaperOrder | undefined {
    if (order.later !== null) return order.later;
    const price = this.#priceOf(order);
    const index = this.#indexOf(price, this.#rankOf(price));
    const rung = this.#rungs[index];
    const later = order.rung === null && rung?.price === price ? rung.firstAfter(order.terms.priority) : null;
    return later ?? this.#rungs[index - 1]?.first ?? undefined;
  }

  add(order: PaperOrder): void {
    const price = this.#priceOf(order);
    const rank = this.#rankOf(price);
    const index = this.#indexOf(price, rank);
    let rung = this.#rungs[index];
    if (rung?.price !== price) {
      rung = new Rung(price);
      insertAt(this.#rungs, index, rung);
      insertAt(this.#ranks, index, rank);
      if (rank > this.#best) this.#best = rank;
    }
    rung.add(order);
    this.#size += 1;
  }

  /** Does nothing for an order that is not here. */
  remove(order: PaperOrder): void {
    const { rung } = order;
    if (rung === null) return;
    rung.remove(order);
    this.#size -= 1;
    if (rung.first !== null) return;
    const index = this.#indexOf(rung.price, this.#rankOf(rung.price));
    removeAt(this.#rungs, index);
    removeAt(this.#ranks, index);
    this.#best = this.#ranks.at(-1) ?? NOBODY;
  }

  #rankOf(price: Fixed | null): number {
    return price === null ? FIRST : this.#sign * toNumber(price);
  }

  /** Where the rung of a price is, or would be put. */
  #indexOf(price: Fixed | null, rank: number): number {
    let low = 0;
    let high = this.#ranks.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#isWorse(middle, price, rank)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #isWorse(index: number, price: Fixed | null, rank: number): boolean {
    const other = this.#ranks[index] ?? FIRST;
    if (other !== rank) return other < rank;
    return this.#byPrice(this.#rungs[index]?.price ?? null, price) > 0;
  }
}

/** Most that comes is the best and goes soon; for that `splice`, which makes an array each time, is a long way. */
function insertAt<Item>(items: Item[], index: number, item: Item): void {
  if (index === items.length) items.push(item);
  else items.splice(index, 0, item);
}

function removeAt<Item>(items: Item[], index: number): void {
  if (index === items.length - 1) items.pop();
  else items.splice(index, 1);
}
