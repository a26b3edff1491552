import type { Random } from "./domain/Random.ts";
import { assertBound } from "./random/assertBound.ts";

const TWO_POW_21 = 2 ** 21;
const TWO_POW_53 = 2 ** 53;
/** Words asked of the generator at once: a call costs more than the bytes. */
const WORDS = 512;

/** Chance from the platform's cryptographic generator, in Node and in a browser; for names and delays, not for secrets. */
export class SystemRandom implements Random {
  readonly #words = new Uint32Array(WORDS);
  #used = WORDS;

  next(): number {
    return this.#uint53() / TWO_POW_53;
  }

  /** Every value is equally likely. @throws RangeError unless `bound` is a positive safe integer. */
  integer(bound: number): number {
    assertBound(bound);
    const fair = TWO_POW_53 - (TWO_POW_53 % bound);
    for (;;) {
      const drawn = this.#uint53();
      if (drawn < fair) return drawn % bound;
    }
  }

  #uint53(): number {
    if (this.#used === WORDS) {
      crypto.getRandomValues(this.#words);
      this.#used = 0;
    }
    const high = this.#words[this.#used] ?? 0;
    const low = this.#words[this.#used + 1] ?? 0;
    this.#used += 2;
    return high * TWO_POW_21 + (low >>> 11);
  }
}
