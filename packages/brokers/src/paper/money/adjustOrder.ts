import { divide, max, ONE, roundToStep, type Fixed, type Rounding } from "../../domain/decimal.ts";
import type { Trail } from "../../domain/order.ts";
import { priceStep } from "../checkTerms.ts";
import { wholeLots } from "../displayedSize.ts";
import type { PaperOrder, PaperOrderTerms } from "../PaperOrder.ts";
import type { TradingRules } from "../SymbolState.ts";
import { splitQuantity, type SplitRatio } from "./splitHolding.ts";

/** What a corporate action makes of an open order. */
export interface Adjustment {
  readonly terms: PaperOrderTerms;
  /** Null but for a trailing stop, as is the watermark. */
  readonly trail: Trail<Fixed> | null;
  readonly watermark: Fixed | null;
}

/** The smallest dividend for which orders are reduced: one cent. */
const SMALLEST_REDUCTION: Fixed = ONE / 100n;

/**
 * An open order after a forward split, or undefined where nothing is left of it (PX232). What remains is multiplied and
 * cut to whole lots; buy limits and sell stops are rounded down, as FINRA Rule 5330 says, sell limits and buy stops up,
 * so that no order comes nearer to the market than it was.
 */
export function splitOrder(order: PaperOrder, ratio: SplitRatio, rules: TradingRules): Adjustment | undefined {
  const { terms, side, trail, watermark } = order;
  const step = order.remaining % rules.lotSize === 0n ? rules.lotSize : rules.fractionSize;
  const remaining = wholeLots(splitQuantity(order.remaining, ratio), step);
  const restate = (price: Fixed | null, rounding: Rounding): Fixed | null =>
    price === null ? null : toTick(splitPrice(price, ratio), rounding, rules);
  const price = restate(terms.price, side === "buy" ? "floor" : "ceil");
  const stopPrice = restate(terms.stopPrice, side === "buy" ? "ceil" : "floor");
  if (remaining === 0n || price === 0n || stopPrice === 0n) return undefined;
  const referencePrice = splitPrice(terms.referencePrice, ratio);
  return {
    terms: { ...terms, quantity: order.filledQuantity + remaining, price, stopPrice, referencePrice },
    trail: trail?.by === "amount" ? { by: "amount", value: splitPrice(trail.value, ratio) } : trail,
    watermark: watermark === null ? null : splitPrice(watermark, ratio),
  };
}

/** A price after a split, up to 1e-9. */
export function splitPrice(price: Fixed, { newShares, oldShares }: SplitRatio): Fixed {
  return divide(price * BigInt(oldShares), BigInt(newShares) * ONE, "up");
}

/**
 * An open order on the ex-date of a cash dividend: undefined where nothing is left of its price, "unchanged" where the
 * rule leaves it alone (PX235). Good-til-canceled buy limits and sell stops go down by the dividend and to the next tick.
 */
export function reduceOrder(
  order: PaperOrder,
  dividend: Fixed,
  rules: TradingRules,
): Adjustment | "unchanged" | undefined {
  const { terms, side, trail, watermark } = order;
  if (terms.timeInForce !== "gtc" || dividend < SMALLEST_REDUCTION) return "unchanged";
  const isReduced = side === "buy" ? terms.price !== null && !order.awaitsTrigger : order.awaitsTrigger;
  if (!isReduced) return "unchanged";
  const less = (price: Fixed): Fixed => max(price - dividend, 0n);
  const reduce = (price: Fixed | null): Fixed | null => (price === null ? null : toTick(less(price), "floor", rules));
  const price = reduce(terms.price);
  const stopPrice = order.awaitsTrigger ? reduce(terms.stopPrice) : terms.stopPrice;
  if (price === 0n || stopPrice === 0n) return undefined;
  return {
    terms: { ...terms, price, stopPrice, referencePrice: less(terms.referencePrice) },
    trail,
    watermark: watermark === null ? null : less(watermark),
  };
}

function toTick(price: Fixed, rounding: Rounding, rules: TradingRules): Fixed {
  return roundToStep(price, priceStep(price, rules), rounding);
}
