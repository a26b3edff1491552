/** Why something happened, or why it did not: the rule that spoke, one sentence with its numbers, and the numbers. */
export interface Reason {
  /** A numbered rule of our own SPEC ("PX12"), or the code of the broker that spoke. */
  readonly rule: string;
  readonly text: string;
  /** Canonical decimals as strings; counts and instants (epoch milliseconds) as numbers. */
  readonly params: Readonly<Record<string, string | number>>;
}
