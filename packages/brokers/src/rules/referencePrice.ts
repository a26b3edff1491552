import { fixedFromTick, max, type Fixed } from "../domain/decimal.ts";
import type { MarketData } from "../domain/marketData.ts";
import type { ParsedOrder } from "./ParsedOrder.ts";

const LARGEST = 1e9;

/**
 * The price that an order is reckoned with before it fills: the limit, the stop, or the far side of the quote. A sell
 * limit below the bid would trade at the bid, and a buy stop below the ask triggers at once and pays the ask, so there the
 * higher one counts. Null for a market order or a buy stop while nothing is known of the market: nothing bounds them.
 */
export function referencePrice(order: ParsedOrder, quote: MarketData | null): Fixed | null {
  const named = order.price ?? order.stopPrice;
  if (named === null) return farSide(order.side, quote);
  if (order.side === "buy") return order.type === "stop" ? atLeast(farSide("buy", quote), named) : named;
  return order.type === "limit" ? (atLeast(positive(quote?.bid), named) ?? named) : named;
}

function atLeast(market: Fixed | null, named: Fixed): Fixed | null {
  return market === null ? null : max(market, named);
}

/** What a taker would pay (the ask) or get (the bid); the last trade where that side is empty. */
export function farSide(side: ParsedOrder["side"], quote: MarketData | null): Fixed | null {
  return positive(side === "buy" ? quote?.ask : quote?.bid) ?? positive(quote?.last);
}

/** Null for what is no price, or less than a millionth can tell. */
function positive(tick: number | null | undefined): Fixed | null {
  if (tick === null || tick === undefined || !(tick > 0 && tick < LARGEST)) return null;
  const price = fixedFromTick(tick);
  return price > 0n ? price : null;
}
