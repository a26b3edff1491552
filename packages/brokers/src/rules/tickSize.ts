import { max, ONE, roundToStep, type Fixed } from "../domain/decimal.ts";

/** One cent. */
const CENT: Fixed = 10_000_000n;
/** A hundredth of a cent. */
const SUB_PENNY: Fixed = 100_000n;

/**
 * The smallest price step of a US stock: 0.01 at or above one dollar, 0.0001 below.
 * SEC Rule 612, https://www.law.cornell.edu/cfr/text/17/242.612
 */
export function tickSizeAt(price: Fixed): Fixed {
  return price >= ONE ? CENT : SUB_PENNY;
}

export function isOnTick(price: Fixed): boolean {
  return price % tickSizeAt(price) === 0n;
}

/** The allowed price nearest to `price`, above zero. */
export function nearestTick(price: Fixed): Fixed {
  const tick = tickSizeAt(price);
  return max(roundToStep(price, tick, "half_up"), tick);
}
