import { fixedFromTick, multiply, ONE, type Fixed } from "../domain/decimal.ts";
import { UNLIMITED } from "./matchingTerms.ts";
import type { QuotedSide } from "./MarketView.ts";
import type { Terms } from "./profile.ts";

/** The part of a displayed or printed size in which our fills may share, in whole lots (PX21). */
export function tradableSize(size: number | null, terms: Terms, lotSize: Fixed): Fixed {
  const shown = size === null ? terms.unquotedSize : fixedFromTick(size);
  const shared = terms.participationRate === ONE ? shown : multiply(shown, terms.participationRate, "down");
  return wholeLots(shared, lotSize);
}

/** What our fills have left of a quoted side. */
export function sizeLeft(side: QuotedSide, terms: Terms, lotSize: Fixed): Fixed {
  if (terms.matching.sizeModel === "unlimited") return UNLIMITED;
  const left = tradableSize(side.size, terms, lotSize) - side.taken;
  return left > 0n ? left : 0n;
}

export function wholeLots(quantity: Fixed, lotSize: Fixed): Fixed {
  return quantity - (quantity % lotSize);
}
