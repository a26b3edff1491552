/** The desk repeats an account's state every few seconds, changed or not: what is older than this is stale. */
export const STALE_AFTER_SILENCE_MS = 15_000;

/** Whether a number of this age, in milliseconds, must be shown as stale; without an age there is nothing to trust. */
export function isStale(ageMs: number | null): boolean {
  return ageMs === null || ageMs > STALE_AFTER_SILENCE_MS;
}
