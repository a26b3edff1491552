import type { Clock } from "@trenddojo/brokers/domain";

/** A moment that is over by whichever clock comes first: a wall clock that is set back gives no one more time. */
export class Deadline {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly #clock: Clock;
  readonly #monotonicAt: number;

  constructor(clock: Clock, delayMs: number) {
    this.#clock = clock;
    this.at = clock.now() + delayMs;
    this.#monotonicAt = clock.monotonic() + delayMs;
  }

  get isOver(): boolean {
    return this.leftMs <= 0;
  }

  /** Zero or less where it is over. */
  get leftMs(): number {
    return Math.min(this.at - this.#clock.now(), this.#monotonicAt - this.#clock.monotonic());
  }
}
