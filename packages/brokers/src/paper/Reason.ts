/** Why something happened, or why it did not: the rule of SPEC.md that spoke, one sentence with its numbers, and the numbers. */
export interface Reason {
  /** "PX12". */
  readonly rule: string;
  readonly text: string;
  /** Canonical decimals as strings; counts and instants (epoch milliseconds) as numbers. */
  readonly params: Readonly<Record<string, string | number>>;
}
