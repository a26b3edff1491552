import type { Random } from "@trenddojo/brokers/domain";

/** A thousand pages that lost a desk at one moment come back over this time, and each has its prices within a second. */
const FIRST_MS = 250;
const STEP_MS = 500;
const LONGEST_MS = 10_000;

/**
 * How long a socket waits before it comes back: within 250 ms the first time, then half to all of 1, 2, 4, 8 and at most
 * 10 seconds, never two pages in step. @param attempt from 0
 */
export function retryDelayMs(attempt: number, random: Random): number {
  if (attempt === 0) return random.next() * FIRST_MS;
  const longest = Math.min(STEP_MS * 2 ** attempt, LONGEST_MS);
  return longest * (0.5 + random.next() / 2);
}
