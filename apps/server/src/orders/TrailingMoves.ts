import type { Clock, Order, OrderId, Price } from "@trenddojo/brokers/domain";

/** A trailing stop that moves is told at once, and then at most this often. */
const EVERY_MS = 1_000;

/** A move as it was heard. */
export interface TrailingMove {
  readonly order: Order;
  /** Where the stop stood in the desk's books then; null where they did not know. */
  readonly from: Price | null;
}

interface Pause extends Disposable {
  /** The newest move that was not told yet. */
  next: TrailingMove | null;
}

/**
 * Thins out the moves of trailing stops, which may come with every tick: of those in a pause the last is told at its end.
 * Call it in the account's queue only, so that a move never overtakes what was heard after it.
 */
export class TrailingMoves implements Disposable {
  readonly #clock: Clock;
  readonly #onPauseEnd: (orderId: OrderId) => void;
  readonly #pauses = new Map<OrderId, Pause>();

  /** @param onPauseEnd calls `next`, in the account's queue */
  constructor(clock: Clock, onPauseEnd: (orderId: OrderId) => void) {
    this.#clock = clock;
    this.#onPauseEnd = onPauseEnd;
  }

  /** @returns whether to tell it now, and a pause begins; otherwise it is kept until the pause ends. */
  moved(orderId: OrderId, move: TrailingMove): boolean {
    const pause = this.#pauses.get(orderId);
    if (pause === undefined) this.#begin(orderId);
    else pause.next = move;
    return pause === undefined;
  }

  /** Something else was heard of the order since: what waits to be told is old. */
  forget(orderId: OrderId): void {
    const pause = this.#pauses.get(orderId);
    if (pause !== undefined) pause.next = null;
  }

  /** The pause is over. @returns the move to tell, and another pause begins; null where none was kept. */
  next(orderId: OrderId): TrailingMove | null {
    const next = this.#pauses.get(orderId)?.next ?? null;
    this.#pauses.delete(orderId);
    if (next !== null) this.#begin(orderId);
    return next;
  }

  /** Nothing is told any more. */
  [Symbol.dispose](): void {
    for (const pause of this.#pauses.values()) pause[Symbol.dispose]();
    this.#pauses.clear();
  }

  #begin(orderId: OrderId): void {
    const timer = this.#clock.setTimer(EVERY_MS, () => this.#onPauseEnd(orderId));
    this.#pauses.set(orderId, { next: null, [Symbol.dispose]: () => timer[Symbol.dispose]() });
  }
}
