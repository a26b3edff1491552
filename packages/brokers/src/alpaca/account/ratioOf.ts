import type { Fixed } from "../../domain/decimal.ts";

/**
 * The simplest ratio by which one quantity became another, to the billionth of a share: that is how finely Alpaca keeps
 * them. 10 → 40 is 4 for 1; 25 → 1.666666667 is 1 for 15.
 * @param before above zero. @param after above zero.
 */
export function ratioOf(before: Fixed, after: Fixed): { readonly newShares: number; readonly oldShares: number } {
  // The convergents of after ÷ before, from the coarsest on.
  let [rest, divisor] = [after, before];
  let [newer, older] = [1n, 0n];
  let [lowerNewer, lowerOlder] = [0n, 1n];
  for (;;) {
    const whole = rest / divisor;
    [newer, lowerNewer] = [whole * newer + lowerNewer, newer];
    [older, lowerOlder] = [whole * older + lowerOlder, older];
    [rest, divisor] = [divisor, rest - whole * divisor];
    const miss = after * older - before * newer;
    if (newer > 0n && (miss < 0n ? -miss : miss) <= older) break;
  }
  return { newShares: Number(newer), oldShares: Number(older) };
}
