import type { Random } from "./domain/Random.ts";

/** Milliseconds. */
export const FIRST_BACKOFF_MS = 1_000;
export const LONGEST_BACKOFF_MS = 60_000;

/**
 * How long to wait before try number `attempt` + 2: doubles from 1 s to 60 s, and half of it is chance, so that many
 * clients that lost the same broker do not come back in one instant. `attempt` counts from 0.
 */
export function backoffMs(attempt: number, random: Random): number {
  const longest = Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** Math.min(attempt, 16));
  return Math.round(longest * (0.5 + random.next() / 2));
}
