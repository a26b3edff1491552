import { SystemClock } from "@trenddojo/brokers";
import type { Clock } from "@trenddojo/brokers/domain";

/** The machine's clock, run faster: for waits of many seconds beside a real database. */
export class FastClock implements Clock {
  readonly #clock = new SystemClock();
  readonly #times: number;
  readonly #startedAt: number;
  readonly #startedAtMonotonic: number;

  /** @param times how many seconds pass in one */
  constructor(times: number) {
    this.#times = times;
    this.#startedAt = this.#clock.now();
    this.#startedAtMonotonic = this.#clock.monotonic();
  }

  now(): number {
    return this.#startedAt + Math.round(this.monotonic() - this.#startedAtMonotonic);
  }

  monotonic(): number {
    return this.#startedAtMonotonic + (this.#clock.monotonic() - this.#startedAtMonotonic) * this.#times;
  }

  sleep(delayMs: number, options?: { readonly signal?: AbortSignal }): Promise<void> {
    return this.#clock.sleep(delayMs / this.#times, options);
  }

  setTimer(delayMs: number, callback: () => void): Disposable {
    return this.#clock.setTimer(delayMs / this.#times, callback);
  }
}
