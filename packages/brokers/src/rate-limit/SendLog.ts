interface Span {
  /** When they leave the window, by the monotonic clock. */
  readonly endsAt: number;
  count: number;
}

/** The spans before this are dropped from the list's beginning at once, not one by one. */
const COMPACT_AT = 1_024;

/**
 * How many requests went within the last `windowMs`, in any window, not in one that begins on the minute. Kept by the
 * millisecond, so it is never longer than a window has milliseconds. Instants are of the monotonic clock.
 */
export class SendLog {
  readonly #windowMs: number;
  #spans: Span[] = [];
  #head = 0;
  #count = 0;

  constructor(windowMs: number) {
    this.#windowMs = windowMs;
  }

  add(now: number): void {
    // Rounded up: a part of a millisecond too long is harmless, one too short is a request too many.
    const endsAt = Math.ceil(now) + this.#windowMs;
    const last = this.#spans.at(-1);
    if (last !== undefined && this.#head < this.#spans.length && last.endsAt === endsAt) last.count += 1;
    else this.#spans.push({ endsAt, count: 1 });
    this.#count += 1;
  }

  count(now: number): number {
    for (let span = this.#spans[this.#head]; span !== undefined && span.endsAt <= now; span = this.#spans[this.#head]) {
      this.#count -= span.count;
      this.#head += 1;
    }
    if (this.#head >= COMPACT_AT) {
      this.#spans = this.#spans.slice(this.#head);
      this.#head = 0;
    }
    return this.#count;
  }

  /** When at most `most` are left in the window, if nothing goes until then; `now` where that is so already. */
  whenAtMost(most: number, now: number): number {
    let left = this.count(now);
    let at = now;
    for (let index = this.#head; left > most; index += 1) {
      const span = this.#spans[index];
      if (span === undefined) break;
      left -= span.count;
      at = span.endsAt;
    }
    return at;
  }

  /** When the window is empty, if nothing goes until then. */
  emptyAt(now: number): number {
    return this.count(now) === 0 ? now : (this.#spans.at(-1)?.endsAt ?? now);
  }
}
