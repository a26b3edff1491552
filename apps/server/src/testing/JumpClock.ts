import { SystemClock } from "@trenddojo/brokers";
import type { Clock } from "@trenddojo/brokers/domain";

/** The machine's clock, with a time of day that a test can put forward; what is measured and waited for goes on as it does. */
export class JumpClock implements Clock {
  readonly #clock = new SystemClock();
  #aheadMs = 0;
  #heldAt: number | null = null;

  jump(ms: number): void {
    this.#aheadMs += ms;
  }

  /** It is this moment until the answer is disposed: what is bound to seconds is then proven on a machine that is slow. */
  hold(): Disposable {
    this.#heldAt = this.now();
    return { [Symbol.dispose]: () => void (this.#heldAt = null) };
  }

  now(): number {
    return this.#heldAt ?? this.#clock.now() + this.#aheadMs;
  }

  monotonic(): number {
    return this.#clock.monotonic();
  }

  sleep(delayMs: number, options?: { readonly signal?: AbortSignal }): Promise<void> {
    return this.#clock.sleep(delayMs, options);
  }

  setTimer(delayMs: number, callback: () => void): Disposable {
    return this.#clock.setTimer(delayMs, callback);
  }
}
