/** One line of the table of benchmarks. */
export interface BenchResult {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** What was done and counted. */
  readonly details: Readonly<Record<string, string | number>>;
}
