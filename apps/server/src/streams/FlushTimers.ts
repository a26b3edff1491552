import type { Clock } from "@trenddojo/brokers/domain";

/** One timer for each flush interval in use, armed only while something waits to be flushed. */
export class FlushTimers {
  readonly #clock: Clock;
  readonly #flush: (intervalMs: number) => boolean;
  readonly #armed = new Map<number, Disposable>();

  /** @param flush does the work of one interval; answers whether anything is left for the next time. */
  constructor(clock: Clock, flush: (intervalMs: number) => boolean) {
    this.#clock = clock;
    this.#flush = flush;
  }

  arm(intervalMs: number): void {
    if (this.#armed.has(intervalMs)) return;
    const timer = this.#clock.setTimer(intervalMs, () => {
      this.#armed.delete(intervalMs);
      if (this.#flush(intervalMs)) this.arm(intervalMs);
    });
    this.#armed.set(intervalMs, timer);
  }

  close(): void {
    for (const timer of this.#armed.values()) timer[Symbol.dispose]();
    this.#armed.clear();
  }
}
