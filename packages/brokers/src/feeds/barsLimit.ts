/** The most bars that one request may ask for. */
const MAX_BARS = 5000;

/** @throws RangeError unless `limit` is a whole number from 1 to 5000. */
export function assertBarsLimit(limit: number): void {
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_BARS) {
    throw new RangeError(`limit must be a whole number from 1 to ${MAX_BARS}, not ${limit}`);
  }
}
