import type { OrderId } from "@trenddojo/brokers/domain";

/** The orders that a request of ours is under way for. Counted: of two requests for one order the first to end ends only itself. */
export class InFlight {
  readonly #counts = new Map<OrderId, number>();
  readonly #sentAt = new Map<OrderId, number>();
  readonly #waiting = new Set<() => void>();

  /** A request begins; dispose the answer when it has ended, once. */
  begin(orderId: OrderId): Disposable {
    this.#counts.set(orderId, (this.#counts.get(orderId) ?? 0) + 1);
    return { [Symbol.dispose]: () => this.#end(orderId) };
  }

  /** As `begin`, of the request that places the order. @param sentAt when it is given to the client, epoch milliseconds */
  beginPlacing(orderId: OrderId, sentAt: number): Disposable {
    const underWay = this.begin(orderId);
    this.#sentAt.set(orderId, sentAt);
    return {
      [Symbol.dispose]: () => {
        this.#sentAt.delete(orderId);
        underWay[Symbol.dispose]();
      },
    };
  }

  /** When an order that is being placed was given to the client: an update may be told before the answer. Null for any other. */
  sentAt(orderId: OrderId): number | null {
    return this.#sentAt.get(orderId) ?? null;
  }

  /** Resolves at the first moment at which nothing is under way, at once where nothing is. */
  idle(): Promise<void> {
    if (this.#counts.size === 0) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.add(resolve));
  }

  has(orderId: OrderId): boolean {
    return this.#counts.has(orderId);
  }

  #end(orderId: OrderId): void {
    const left = (this.#counts.get(orderId) ?? 0) - 1;
    if (left > 0) this.#counts.set(orderId, left);
    else this.#counts.delete(orderId);
    if (this.#counts.size > 0) return;
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  }
}
