import { nyDate } from "@trenddojo/brokers";
import type { Clock, OrderId } from "@trenddojo/brokers/domain";
import type { OrderRow } from "@trenddojo/db";

/** How often, and over how long, a broker that is heard must not know an order before it counts as never placed. */
export interface NotFoundPolicy {
  readonly lookups: number;
  readonly overMs: number;
  /** Its lists are of today: of an order of another day its silence proves nothing, ever. @default they go back far enough */
  readonly isOfToday?: boolean;
}

/** The exchange runs in this process and answers from what is durable: one look is proof. */
export const IN_PROCESS_POLICY: NotFoundPolicy = { lookups: 1, overMs: 0 };
/** A broker behind a wire may know an order a moment later than it was sent. */
export const REMOTE_POLICY: NotFoundPolicy = { lookups: 5, overMs: 30_000 };

/** As `REMOTE_POLICY`, of a broker that tells orders and executions of its own day alone. */
export const TODAY_POLICY: NotFoundPolicy = { lookups: 5, overMs: 60_000, isOfToday: true };

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

  /**
   * The broker answered and does not know it. @param isHeard whether it would have told of it by itself: if not, its
   * answer is no proof, and the count begins anew. @returns whether that is proof by now.
   */
  missed({ id: orderId, claimedAt }: Pick<OrderRow, "id" | "claimedAt">, isHeard: boolean): boolean {
    if (!isHeard || !this.#mayProve(claimedAt)) {
      this.#misses.delete(orderId);
      return false;
    }
    const now = this.#clock.monotonic();
    const miss = this.#misses.get(orderId) ?? { count: 0, firstAt: now };
    miss.count += 1;
    this.#misses.set(orderId, miss);
    const isProof = miss.count >= this.#policy.lookups && now - miss.firstAt >= this.#policy.overMs;
    if (isProof) this.#misses.delete(orderId);
    return isProof;
  }

  /** @param claimedAt when it may have been sent: without it nothing says of what day it is */
  #mayProve(claimedAt: number | null): boolean {
    if (this.#policy.isOfToday !== true) return true;
    return claimedAt !== null && nyDate(claimedAt) === nyDate(this.#clock.now());
  }

  /** The broker was not heard for a while: every count begins anew. */
  unheard(): void {
    this.#misses.clear();
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
