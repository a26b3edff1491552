import type { Random } from "../domain/Random.ts";
import { SeededRandom } from "../random/SeededRandom.ts";

/** Chance for a test. Print the seed where a test fails, and the failure replays. */
export function seededRandom(seed: number): Random {
  return new SeededRandom(seed);
}
