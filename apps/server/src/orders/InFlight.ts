import type { OrderId } from "@trenddojo/brokers/domain";

/** The orders that a request of ours is under way for. Counted: of two requests for one order the first to end ends only itself. */
export class InFlight {
  readonly #counts = new Map<OrderId, number>();

  /** A request begins; dispose the answer when it has ended, once. */
  begin(orderId: OrderId): Disposable {
    this.#counts.set(orderId, (this.#counts.get(orderId) ?? 0) + 1);
    return { [Symbol.dispose]: () => this.#end(orderId) };
  }

  has(orderId: OrderId): boolean {
    return this.#counts.has(orderId);
  }

  #end(orderId: OrderId): void {
    const left = (this.#counts.get(orderId) ?? 0) - 1;
    if (left > 0) this.#counts.set(orderId, left);
    else this.#counts.delete(orderId);
  }
}
