import type { PaperOrder } from "./PaperOrder.ts";

/** Slots of an index that is empty; a power of two, as is every number of slots. */
const FEWEST_SLOTS = 64;

/**
 * Finds orders by one of their ids. A hash table of plain integers, two a slot: the hash of an id, and the position of its
 * order. So the usual question, whether an id is new, costs one look at memory; growing reads no id again; and the garbage
 * collector has nothing to walk through, however many orders there were.
 */
export class IdIndex {
  readonly #orders: readonly PaperOrder[];
  readonly #idOf: (order: PaperOrder) => string;
  /** Hash and position + 1 by turns; 0 where a slot is free. */
  #slots = new Int32Array(2 * FEWEST_SLOTS);
  #count = 0;

  /** `orders` belongs to the caller, who adds to its end. */
  constructor(orders: readonly PaperOrder[], idOf: (order: PaperOrder) => string) {
    this.#orders = orders;
    this.#idOf = idOf;
  }

  find(id: string): PaperOrder | undefined {
    return this.#orders[(this.#slots[this.#slotOf(id, hashOf(id)) + 1] ?? 0) - 1];
  }

  /** From now on the order's id is that of the order at `position`. */
  add(order: PaperOrder, position: number): void {
    const id = this.#idOf(order);
    const hash = hashOf(id);
    const slot = this.#slotOf(id, hash);
    if (this.#slots[slot + 1] === 0) this.#count += 1;
    this.#slots[slot] = hash;
    this.#slots[slot + 1] = position + 1;
    // Half of the slots stay free, so that a search is short.
    if (4 * this.#count > this.#slots.length) this.#grow();
  }

  /** The slot that holds the id, or the free one that it would be put in. */
  #slotOf(id: string, hash: number): number {
    const slots = this.#slots;
    const last = slots.length - 1;
    let slot = (2 * hash) & last;
    for (;;) {
      const position = slots[slot + 1] ?? 0;
      if (position === 0) return slot;
      const order = slots[slot] === hash ? this.#orders[position - 1] : undefined;
      if (order !== undefined && this.#idOf(order) === id) return slot;
      slot = (slot + 2) & last;
    }
  }

  #grow(): void {
    const before = this.#slots;
    const slots = new Int32Array(2 * before.length);
    const last = slots.length - 1;
    for (let from = 0; from < before.length; from += 2) {
      const [hash = 0, position = 0] = [before[from], before[from + 1]];
      if (position === 0) continue;
      let slot = (2 * hash) & last;
      while (slots[slot + 1] !== 0) slot = (slot + 2) & last;
      slots[slot] = hash;
      slots[slot + 1] = position;
    }
    this.#slots = slots;
  }
}

/** The finaliser is "lowbias32", https://github.com/skeeto/hash-prospector */
function hashOf(id: string): number {
  let bits = id.length;
  for (let index = 0; index < id.length; index += 1) bits = Math.imul(bits ^ id.charCodeAt(index), 0x9e3779b1);
  bits = Math.imul(bits ^ (bits >>> 16), 0x7feb352d);
  bits = Math.imul(bits ^ (bits >>> 15), 0x846ca68b);
  return bits ^ (bits >>> 16);
}
