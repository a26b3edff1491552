import type { Clock } from "@trenddojo/brokers/domain";
import type { FoundDrift } from "./DriftLedger.ts";

/** A stream may be this far behind the answers to questions. */
export const BEHIND_MS = 5_000;

interface Awaited {
  readonly found: FoundDrift[];
  /** Monotonic milliseconds. */
  readonly since: number;
}

/**
 * What was read in the broker's books so soon after it happened that its update may still come. One that comes makes it
 * no difference; one that does not was lost.
 */
export class AwaitedUpdates {
  readonly #clock: Clock;
  readonly #byOrder = new Map<string, Awaited>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Orders whose update is awaited. */
  get size(): number {
    return this.#byOrder.size;
  }

  /** @param orderId the broker's */
  add(orderId: string, found: FoundDrift): void {
    const awaited = this.#byOrder.get(orderId) ?? { found: [], since: this.#clock.monotonic() };
    awaited.found.push(found);
    this.#byOrder.set(orderId, awaited);
  }

  /** An update of the order was pushed. */
  told(orderId: string): void {
    this.#byOrder.delete(orderId);
  }

  /** What had its time, once. */
  overdue(): readonly FoundDrift[] {
    const due = this.#clock.monotonic() - BEHIND_MS;
    const over = [...this.#byOrder].filter(([, { since }]) => since <= due);
    for (const [orderId] of over) this.#byOrder.delete(orderId);
    return over.flatMap(([, { found }]) => found);
  }
}
