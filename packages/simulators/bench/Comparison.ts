/** A figure of ours beside the peer's or the goal, both of the same run. */
export interface Comparison {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  /** The peer or the goal, named, and its figure in the same unit. */
  readonly against: string;
  readonly reference: number;
  /** How it was counted, where the name does not say. */
  readonly note: string;
}

/** A line of JSON. */
export function printComparison(row: Comparison): void {
  const rounded = (value: number): number => Number(value.toPrecision(4));
  process.stdout.write(`${JSON.stringify({ ...row, value: rounded(row.value), reference: rounded(row.reference) })}\n`);
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) throw new RangeError("the median of nothing");
  return middle;
}
