import { SystemClock } from "@trenddojo/brokers";
import type { Clock } from "@trenddojo/brokers/domain";

/** Wall time as it is, or so much ahead; whoever waits waits for a part of it only, so that a sweep need not sit out the desk's patience. */
export class HastyClock implements Clock {
  readonly #clock = new SystemClock();
  readonly #haste: number;
  readonly #aheadMs: number;

  /**
   * @param haste how many times faster waiting and monotonic time go
   * @param aheadMs how much later it is than on this machine
   */
  constructor(haste: number, aheadMs: number) {
    this.#haste = haste;
    this.#aheadMs = aheadMs;
  }

  now(): number {
    return this.#clock.now() + this.#aheadMs;
  }

  monotonic(): number {
    return this.#clock.monotonic() * this.#haste;
  }

  sleep(delayMs: number, options?: { readonly signal?: AbortSignal }): Promise<void> {
    return this.#clock.sleep(delayMs / this.#haste, options);
  }

  setTimer(delayMs: number, callback: () => void): Disposable {
    return this.#clock.setTimer(delayMs / this.#haste, callback);
  }
}
