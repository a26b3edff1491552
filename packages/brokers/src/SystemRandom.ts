import type { Random } from "./domain/Random.ts";
import { assertBound } from "./random/assertBound.ts";

const TWO_POW_21 = 2 ** 21;
const TWO_POW_53 = 2 ** 53;

/** Chance from the platform's cryptographic generator, in Node and in a browser. */
export class SystemRandom implements Random {
  next(): number {
    return uint53() / TWO_POW_53;
  }

  /** Every value is equally likely. @throws RangeError unless `bound` is a positive safe integer. */
  integer(bound: number): number {
    assertBound(bound);
    const fair = TWO_POW_53 - (TWO_POW_53 % bound);
    for (;;) {
      const drawn = uint53();
      if (drawn < fair) return drawn % bound;
    }
  }
}

function uint53(): number {
  const [high = 0, low = 0] = crypto.getRandomValues(new Uint32Array(2));
  return high * TWO_POW_21 + (low >>> 11);
}
