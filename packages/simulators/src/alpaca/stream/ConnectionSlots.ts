import type { Clock } from "@trenddojo/brokers/domain";

/** The connections that each key holds; there may be so many and no more. */
export class ConnectionSlots {
  readonly #clock: Clock;
  readonly #limit: number;
  readonly #reapMs: number;
  readonly #held = new Map<string, Set<object>>();

  /** @param reapMs how long a connection still counts after it is gone, as it does at the vendor for about 90 seconds. */
  constructor(clock: Clock, limit: number, reapMs: number) {
    this.#clock = clock;
    this.#limit = limit;
    this.#reapMs = reapMs;
  }

  /** False where the key has all it may have. */
  take(key: string, holder: object): boolean {
    const held = this.#held.get(key) ?? new Set();
    if (held.size >= this.#limit) return false;
    this.#held.set(key, held.add(holder));
    return true;
  }

  release(key: string, holder: object): void {
    const free = (): void => {
      this.#held.get(key)?.delete(holder);
    };
    if (this.#reapMs === 0) free();
    else this.#clock.setTimer(this.#reapMs, free);
  }
}
