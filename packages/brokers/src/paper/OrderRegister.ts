import { IdIndex } from "./IdIndex.ts";
import type { OrderGroup } from "./orderGroup.ts";
import type { PaperOrder } from "./PaperOrder.ts";

/** Orders that stand together in the order in which they came; a power of two. */
const BLOCK = 512;

/** Every order that an account ever had, by its ids and groups, which of them are open, and which changed of late. */
export class OrderRegister {
  readonly #all: PaperOrder[] = [];
  readonly #byId = new IdIndex(this.#all, ({ orderId }) => orderId);
  readonly #byClientId = new IdIndex(this.#all, ({ clientOrderId }) => clientOrderId);
  /** When an order of each block changed last, epoch milliseconds. */
  readonly #changedAt: number[] = [];
  readonly #groups = new Map<string, PaperOrder[]>();
  /** The open orders are a chain through the orders themselves: the oldest, and the newest. */
  #oldest: PaperOrder | null = null;
  #newest: PaperOrder | null = null;

  /** In the order in which they came. */
  get all(): Iterable<PaperOrder> {
    return this.#all;
  }

  /** In the order of acceptance. One that ends while another is looked at is left out. */
  get open(): Iterable<PaperOrder> {
    return openFrom(this.#oldest);
  }

  /** Those that changed at or after `since` (epoch milliseconds), in the order in which they came. */
  changedSince(since: number): readonly PaperOrder[] {
    return this.#changedAt.flatMap((changedAt, block) => {
      if (changedAt < since) return [];
      return this.#all.slice(block * BLOCK, (block + 1) * BLOCK).filter(({ updatedAt }) => updatedAt >= since);
    });
  }

  get groups(): Iterable<readonly PaperOrder[]> {
    return this.#groups.values();
  }

  /** The members of a linked group, the first one first. */
  groupOf(group: OrderGroup): readonly PaperOrder[] {
    return this.#groups.get(group.id) ?? [];
  }

  find(orderId: string): PaperOrder | undefined {
    return this.#byId.find(orderId);
  }

  findByClientId(clientOrderId: string): PaperOrder | undefined {
    return this.#byClientId.find(clientOrderId);
  }

  /** From now on the order is known by its ids. */
  add(order: PaperOrder): void {
    const position = this.#all.push(order) - 1;
    order.position = position;
    this.touch(order, order.updatedAt);
    this.#byId.add(order, position);
    this.#byClientId.add(order, position);
    if (order.group === null) return;
    const members = this.#groups.get(order.group.id);
    if (members === undefined) this.#groups.set(order.group.id, [order]);
    else members.push(order);
  }

  /** An order that was added changes at `at`, epoch milliseconds. */
  touch(order: PaperOrder, at: number): void {
    order.updatedAt = at;
    const block = Math.floor(order.position / BLOCK);
    this.#changedAt[block] = Math.max(this.#changedAt[block] ?? at, at);
  }

  /** An order that was added works from now on. */
  enlist(order: PaperOrder): void {
    order.openBefore = this.#newest;
    if (this.#newest === null) this.#oldest = order;
    else this.#newest.openAfter = order;
    this.#newest = order;
  }

  /** Takes an order that ends off the chain; it still knows who came after it, for whoever is looking at it now. */
  strike(order: PaperOrder): void {
    const { openBefore, openAfter } = order;
    if (openBefore === null) this.#oldest = openAfter;
    else openBefore.openAfter = openAfter;
    if (openAfter === null) this.#newest = openBefore;
    else openAfter.openBefore = openBefore;
  }
}

function* openFrom(oldest: PaperOrder | null): Iterable<PaperOrder> {
  for (let order = oldest; order !== null; order = order.openAfter) if (order.isOpen) yield order;
}
