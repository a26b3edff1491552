import type { Clock } from "@trenddojo/brokers/domain";

/**
 * One timer for each flush interval in use, armed only while something waits to be flushed. The first change after a
 * silence is flushed at once (the turn it came in ends first, so a burst is one batch); from then on a flush is due each
 * interval after the last one was due, so that neither a late timer nor the wait for the next change makes it longer.
 */
export class FlushTimers {
  readonly #clock: Clock;
  readonly #flush: (intervalMs: number) => boolean;
  readonly #armed = new Map<number, Disposable>();
  /** When the last flush of each interval was due, by the monotonic clock. */
  readonly #due = new Map<number, number>();
  /** In use, and without a timer: what a tick has to look at, mostly nothing. */
  readonly #idle = new Set<number>();

  /** @param flush does the work of one interval; answers whether anything is left for the next time. */
  constructor(clock: Clock, flush: (intervalMs: number) => boolean) {
    this.#clock = clock;
    this.#flush = flush;
  }

  /** Takes an interval into use. */
  add(intervalMs: number): void {
    if (!this.#armed.has(intervalMs)) this.#idle.add(intervalMs);
  }

  /** An interval that nobody uses any more. */
  delete(intervalMs: number): void {
    this.#idle.delete(intervalMs);
    this.#armed.get(intervalMs)?.[Symbol.dispose]();
    this.#armed.delete(intervalMs);
    this.#due.delete(intervalMs);
  }

  /** Something changed: every interval in use comes to its flush. */
  armAll(): void {
    if (this.#idle.size === 0) return;
    const idle = [...this.#idle];
    this.#idle.clear();
    for (const intervalMs of idle) this.#arm(intervalMs);
  }

  close(): void {
    for (const timer of this.#armed.values()) timer[Symbol.dispose]();
    this.#armed.clear();
    this.#due.clear();
    this.#idle.clear();
  }

  #arm(intervalMs: number): void {
    const now = this.#clock.monotonic();
    const last = this.#due.get(intervalMs);
    const due = last === undefined ? now : Math.max(now, last + intervalMs);
    this.#due.set(intervalMs, due);
    const timer = this.#clock.setTimer(due - now, () => {
      this.#armed.delete(intervalMs);
      this.#idle.add(intervalMs);
      if (!this.#flush(intervalMs) || !this.#idle.delete(intervalMs)) return;
      this.#arm(intervalMs);
    });
    this.#armed.set(intervalMs, timer);
  }
}
