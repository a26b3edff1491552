import type { Clock } from "../domain/Clock.ts";

/** A key that nobody used for so long is forgotten. */
export const IDLE_MS = 10 * 60_000;
/** And any key this long after it was unwrapped, used or not. */
export const HARD_MS = 60 * 60_000;

interface Kept {
  readonly key: Buffer;
  readonly keptAt: number;
  usedAt: number;
}

/** Data keys that were unwrapped lately, by id; forgotten ones are overwritten. Locked when it is empty. */
export class DataKeyCache implements Disposable {
  readonly #clock: Clock;
  readonly #kept = new Map<string, Kept>();
  #timer: Disposable | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get size(): number {
    return this.#kept.size;
  }

  /** To be used at once: after the caller's next wait it may be overwritten. */
  find(id: string): Buffer | null {
    const kept = this.#kept.get(id);
    if (kept === undefined) return null;
    const now = this.#clock.monotonic();
    // A timer that is late, as after a machine's sleep, lets no key live longer.
    if (dueAt(kept) <= now) {
      this.#forget(id, kept);
      return null;
    }
    kept.usedAt = now;
    return kept.key;
  }

  /** Takes `key` over. */
  keep(id: string, key: Buffer): void {
    const before = this.#kept.get(id);
    if (before !== undefined) this.#forget(id, before);
    const now = this.#clock.monotonic();
    this.#kept.set(id, { key, keptAt: now, usedAt: now });
    this.#timer ??= this.#arm();
  }

  /** Forgets all keys now. */
  lock(): void {
    for (const [id, kept] of this.#kept) this.#forget(id, kept);
    this.#timer?.[Symbol.dispose]();
    this.#timer = null;
  }

  [Symbol.dispose](): void {
    this.lock();
  }

  #arm(): Disposable {
    const next = Math.min(...[...this.#kept.values()].map(dueAt));
    return this.#clock.setTimer(next - this.#clock.monotonic(), () => this.#sweep());
  }

  #sweep(): void {
    const now = this.#clock.monotonic();
    for (const [id, kept] of this.#kept) if (dueAt(kept) <= now) this.#forget(id, kept);
    this.#timer = this.#kept.size === 0 ? null : this.#arm();
  }

  #forget(id: string, { key }: Kept): void {
    key.fill(0);
    this.#kept.delete(id);
  }
}

function dueAt({ keptAt, usedAt }: Kept): number {
  return Math.min(usedAt + IDLE_MS, keptAt + HARD_MS);
}
