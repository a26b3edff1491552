/** @throws RangeError unless `bound` is a positive safe integer. */
export function assertBound(bound: number): void {
  if (!Number.isSafeInteger(bound) || bound < 1) {
    throw new RangeError(`bound must be a positive safe integer, not ${bound}`);
  }
}
