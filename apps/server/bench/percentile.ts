/** @param fraction 0.99 for the 99th percentile. @throws RangeError for no values. */
export function percentile(values: readonly number[], fraction: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const value = sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * fraction) - 1)];
  if (value === undefined) throw new RangeError("a percentile of nothing");
  return value;
}
