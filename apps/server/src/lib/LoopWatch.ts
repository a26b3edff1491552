import type { Clock } from "@trenddojo/brokers/domain";

const LOOK_EVERY_MS = 100;

/** Notices when this process stood still: a blocked event loop, a stopped process, a machine that slept. */
export class LoopWatch implements Disposable {
  readonly #clock: Clock;
  readonly #stallMs: number;
  #lookedAt: number;
  /** When the last stall ended; monotonic milliseconds. */
  #stalledUntil = -Infinity;
  #timer: Disposable;

  /** @param stallMs what counts as standing still */
  constructor(clock: Clock, stallMs: number) {
    this.#clock = clock;
    this.#stallMs = stallMs;
    this.#lookedAt = clock.monotonic();
    this.#timer = clock.setTimer(LOOK_EVERY_MS, () => this.#look());
  }

  /** Whether it stood still at any time after `since`, monotonic milliseconds; also where nobody could notice yet. */
  hasStalledSince(since: number): boolean {
    this.#note();
    return this.#stalledUntil > since;
  }

  [Symbol.dispose](): void {
    this.#timer[Symbol.dispose]();
  }

  #look(): void {
    this.#note();
    this.#timer = this.#clock.setTimer(LOOK_EVERY_MS, () => this.#look());
  }

  #note(): void {
    const now = this.#clock.monotonic();
    if (now - this.#lookedAt >= this.#stallMs) this.#stalledUntil = now;
    this.#lookedAt = now;
  }
}
