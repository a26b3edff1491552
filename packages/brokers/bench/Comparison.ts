/** A figure of ours beside the peer's, both from the same run. */
export interface Comparison {
  readonly what: string;
  readonly value: number;
  readonly unit: "µs" | "quotes/s";
  /** The peer, named, and its figure in the same unit. */
  readonly against: string;
  readonly reference: number;
  /** How it was counted, where the name does not say. */
  readonly note: string;
}

/** A line each for people; a line of JSON each where the command says `--json`. */
export function printComparisons(rows: readonly Comparison[]): void {
  for (const row of rows) console.log(process.argv.includes("--json") ? JSON.stringify(row) : lineOf(row));
}

function lineOf({ what, value, unit, against, reference, note }: Comparison): string {
  const times = unit === "µs" ? reference / value : value / reference;
  return `${what}: ${show(value)} ${unit}; ${against}: ${show(reference)} ${unit}; ${times.toFixed(1)} times as fast (${note})`;
}

const show = (value: number): string => value.toLocaleString("en-US", { maximumFractionDigits: value < 100 ? 2 : 0 });
