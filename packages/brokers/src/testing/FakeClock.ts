import type { Clock } from "../domain/Clock.ts";

interface Timer {
  readonly dueAt: number;
  readonly callback: () => void;
}

/** 2026-11-20 10:00 in New York, a Friday with a full regular session. */
const DEFAULT_START = Date.UTC(2026, 10, 20, 15, 0);

/** A clock that stands still until a test moves it. Timers that are due at one instant run in the order they were set. */
export class FakeClock implements Clock {
  #monotonic = 0;
  #wallOffset: number;
  readonly #timers: Timer[] = [];

  /** @param startAt epoch milliseconds; by default a Friday morning in an open session. */
  constructor(startAt: number = DEFAULT_START) {
    this.#wallOffset = startAt;
  }

  now(): number {
    return this.#wallOffset + this.#monotonic;
  }

  monotonic(): number {
    return this.#monotonic;
  }

  /** Timers and sleeps that have not run yet. */
  get pendingTimers(): number {
    return this.#timers.length;
  }

  /** Sets the wall clock as an operator would, also backward; no timer runs and `monotonic` does not notice. */
  setWallTime(epochMs: number): void {
    this.#wallOffset = epochMs - this.#monotonic;
  }

  async sleep(delayMs: number, options: { readonly signal?: AbortSignal } = {}): Promise<void> {
    const { signal } = options;
    signal?.throwIfAborted();
    await new Promise<void>((resolve, reject) => {
      const timer = this.setTimer(delayMs, () => {
        signal?.removeEventListener("abort", abort);
        resolve();
      });
      const abort = (): void => {
        timer[Symbol.dispose]();
        reject(signal?.reason);
      };
      signal?.addEventListener("abort", abort, { once: true });
    });
  }

  setTimer(delayMs: number, callback: () => void): Disposable {
    const timer: Timer = { dueAt: this.#monotonic + Math.max(0, delayMs), callback };
    const later = this.#timers.findIndex((other) => other.dueAt > timer.dueAt);
    this.#timers.splice(later === -1 ? this.#timers.length : later, 0, timer);
    return {
      [Symbol.dispose]: () => {
        const index = this.#timers.indexOf(timer);
        if (index !== -1) this.#timers.splice(index, 1);
      },
    };
  }

  /**
   * Moves time forward by `ms`, running each due timer at its own instant. Promises settle before the first timer,
   * after each, and before this resolves, so a loop that sleeps again within the span runs again within the span.
   * @throws what a timer's callback throws.
   */
  async advance(ms: number): Promise<void> {
    const until = this.#monotonic + ms;
    await settle();
    for (let timer = this.#timers[0]; timer !== undefined && timer.dueAt <= until; timer = this.#timers[0]) {
      this.#timers.shift();
      this.#monotonic = Math.max(this.#monotonic, timer.dueAt);
      timer.callback();
      await settle();
    }
    this.#monotonic = until;
  }

  /** Advances until `condition` holds, in steps of `stepMs`. @throws Error after `limitMs` of fake time. */
  async advanceUntil(condition: () => boolean, stepMs = 10, limitMs = 600_000): Promise<void> {
    for (let passedMs = 0; !condition(); passedMs += stepMs) {
      if (passedMs > limitMs) throw new Error(`the condition did not hold within ${limitMs} ms of fake time`);
      await this.advance(stepMs);
    }
  }
}

/** A turn of the event loop: every promise that can settle has, and so has input that was ready. */
async function settle(): Promise<void> {
  await new Promise<void>((resolve) => setImmediate(resolve));
}
