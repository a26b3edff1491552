import { SystemClock } from "@trenddojo/brokers";
import type { Clock } from "@trenddojo/brokers/domain";

/** The machine's clock until `die`: after that no timer fires and no sleep ends, as in a process that was killed. */
export class MortalClock implements Clock {
  readonly #clock = new SystemClock();
  #isDead = false;

  die(): void {
    this.#isDead = true;
  }

  now(): number {
    return this.#clock.now();
  }

  monotonic(): number {
    return this.#clock.monotonic();
  }

  async sleep(delayMs: number, options?: { readonly signal?: AbortSignal }): Promise<void> {
    await this.#clock.sleep(delayMs, options);
    if (this.#isDead) await new Promise<never>(() => undefined);
  }

  setTimer(delayMs: number, callback: () => void): Disposable {
    return this.#clock.setTimer(delayMs, () => {
      if (!this.#isDead) callback();
    });
  }
}
