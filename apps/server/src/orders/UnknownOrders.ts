import type { Clock, OrderId } from "@trenddojo/brokers/domain";

/** How often, and over how long, a broker must not know an order before it counts as never placed. */
export interface NotFoundPolicy {
  readonly lookups: number;
  readonly overMs: number;
}

/** The exchange runs in this process and answers from what is durable: one look is proof. */
export const IN_PROCESS_POLICY: NotFoundPolicy = { lookups: 1, overMs: 0 };
/** A broker behind a wire may know an order a moment later than it was sent. */
export const REMOTE_POLICY: NotFoundPolicy = { lookups: 5, overMs: 30_000 };

/** Counts the look-ups that found nothing. Forgotten at a restart, which only makes the proof take longer. */
export class UnknownOrders {
  readonly #clock: Clock;
  readonly #policy: NotFoundPolicy;
  readonly #alarmed = new Set<OrderId>();
  readonly #misses = new Map<OrderId, { count: number; readonly firstAt: number }>();

  constructor(clock: Clock, policy: NotFoundPolicy) {
    this.#clock = clock;
    this.#policy = policy;
  }

  /** The broker answered and does not know it. @returns whether that is proof by now. */
  missed(orderId: OrderId): boolean {
    const now = this.#clock.monotonic();
    const miss = this.#misses.get(orderId) ?? { count: 0, firstAt: now };
    miss.count += 1;
    this.#misses.set(orderId, miss);
    const isProof = miss.count >= this.#policy.lookups && now - miss.firstAt >= this.#policy.overMs;
    if (isProof) this.#misses.delete(orderId);
    return isProof;
  }

  found(orderId: OrderId): void {
    this.#misses.delete(orderId);
    this.#alarmed.delete(orderId);
  }

  /** A broker forgot an order that worked there. @returns whether that is news: it is told once. */
  vanished(orderId: OrderId): boolean {
    if (this.#alarmed.has(orderId)) return false;
    this.#alarmed.add(orderId);
    return true;
  }
}
