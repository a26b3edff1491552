import type { Random } from "../domain/Random.ts";
import { assertBound } from "./assertBound.ts";
import { mixBits } from "./mixBits.ts";

const TWO_POW_32 = 2 ** 32;
const TWO_POW_53 = 2 ** 53;

/**
 * Chance that replays: the same seed gives the same numbers on every machine. sfc32 by Chris Doty-Humphrey
 * (PractRand, https://pracrand.sourceforge.net), 128 bits of state, period at least 2^32. Not for secrets.
 */
export class SeededRandom implements Random {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  /** `seed`: any number; its integer part modulo 2^53 counts. */
  constructor(seed: number) {
    const whole = Math.trunc(seed) % TWO_POW_53;
    this.#a = mixBits(whole);
    this.#b = mixBits(Math.floor(whole / TWO_POW_32) ^ 0x9e3779b9);
    this.#c = mixBits(this.#a ^ 0x85ebca6b);
    for (let round = 0; round < 12; round += 1) this.#uint32();
  }

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
    return this.#uint32() * 2 ** 21 + (this.#uint32() >>> 11);
  }

  #uint32(): number {
    const sum = (((this.#a + this.#b) | 0) + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }
}
