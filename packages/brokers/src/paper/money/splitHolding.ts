import { abs, multiply, roundTo, type Fixed } from "../../domain/decimal.ts";
import { applyFill, type Holding } from "../Holding.ts";

/** A ratio of new shares to old ones. */
export interface SplitRatio {
  readonly newShares: number;
  readonly oldShares: number;
}

/** Shares after a split, before fractions are taken off; cut at 1e-9. */
export function splitQuantity(quantity: Fixed, { newShares, oldShares }: SplitRatio): Fixed {
  return (quantity * BigInt(newShares)) / BigInt(oldShares);
}

/** What is paid for a fraction, to the nearest cent; negative where a short position pays it (PX231). */
export function cashInLieuOf(fraction: Fixed, price: Fixed): Fixed {
  const cents = roundTo(multiply(abs(fraction), price, "down"), 2, "half_up");
  return fraction < 0n ? -cents : cents;
}

/**
 * A holding after a split: its cost is spread over the new shares, and the fraction is closed for `cashInLieu`, which
 * realises a gain or a loss (PX231).
 */
export function splitHolding(holding: Holding, exact: Fixed, after: Fixed, cashInLieu: Fixed): Holding {
  const split: Holding = { ...holding, quantity: exact };
  const fraction = abs(exact) - abs(after);
  if (fraction === 0n) return split;
  const side = exact > 0n ? "sell" : "buy";
  // The price matters only to what is left beyond the holding, and a fraction never is.
  return applyFill(split, side, fraction, 0n, abs(cashInLieu));
}
