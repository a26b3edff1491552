import type { Random } from "@trenddojo/brokers/domain";

const WORDS = 2 ** 32;

/** The browser's own chance: everything else takes a Random. */
export function browserRandom(page: Window): Random {
  const next = (): number => (page.crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / WORDS;
  return { next, integer: (bound) => Math.floor(next() * bound) };
}
