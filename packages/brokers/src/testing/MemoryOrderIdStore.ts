import type { OrderIdStore } from "../interactive-brokers/OrderIdStore.ts";

/** Order ids that last as long as the process; of one gateway login. */
export class MemoryOrderIdStore implements OrderIdStore {
  readonly #next = new Map<number, number>();

  reserve(clientId: number, atLeast: number): Promise<number> {
    const id = Math.max(atLeast, this.#next.get(clientId) ?? 0);
    this.#next.set(clientId, id + 1);
    return Promise.resolve(id);
  }
}
