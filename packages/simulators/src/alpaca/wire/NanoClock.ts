import type { Random } from "@trenddojo/brokers/domain";
import { nanosOf, type Nanos } from "./instant.ts";

/**
 * Gives moments of a millisecond clock their nanoseconds, as the vendor's have them: drawn by chance, and never the same
 * or earlier than the last.
 */
export class NanoClock {
  readonly #random: Random;
  #last: Nanos = 0n;

  constructor(random: Random) {
    this.#random = random;
  }

  stamp(epochMs: number): Nanos {
    const begins = nanosOf(epochMs);
    // Early in its millisecond, so that those that follow at once are in it too.
    if (begins > this.#last) this.#last = begins + BigInt(this.#random.integer(400_000));
    else this.#last += BigInt(1 + this.#random.integer(200));
    return this.#last;
  }
}
