import type { Random } from "../domain/Random.ts";
import { MemoryPaperStore } from "../paper/MemoryPaperStore.ts";
import type { MockAccount } from "./MockConfig.ts";

/** Eight characters in base 36: a thousand starts draw the same one twice in one of five million cases. */
const SEEDS = 36 ** 8;

/**
 * An invented account in memory. Its seed is drawn: a desk's books keep the ids of an earlier run's account, and no id of
 * this one may be taken for one of them.
 */
export function createMockAccount(random: Random): MockAccount {
  return { store: new MemoryPaperStore(), seed: random.integer(SEEDS) };
}
