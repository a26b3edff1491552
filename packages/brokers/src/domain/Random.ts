/** Chance is an argument, so that a failure replays from its seed. */
export interface Random {
  /** A float in [0, 1). */
  next(): number;
  /** An integer in [0, bound). `bound` is a positive safe integer. */
  integer(bound: number): number;
}
