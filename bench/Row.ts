/** A figure beside what it is held against, both from the same run. */
export interface Row {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  /** The peer or the limit, named, and its figure in the same unit. */
  readonly against: string;
  readonly reference: number;
  /** How it was counted, where the name does not say. */
  readonly note: string;
  /** What takes this figure alone, in the folder of the repository. */
  readonly command: string;
}

/** Of a figure that only the whole run takes. */
export const ALL = "npm run bench";

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) throw new RangeError("the median of nothing");
  return middle;
}
