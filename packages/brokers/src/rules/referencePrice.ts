import { fixedFromTick, max, type Fixed } from "../domain/decimal.ts";
import type { MarketData } from "../domain/marketData.ts";
import type { ParsedOrder } from "./ParsedOrder.ts";

/**
 * The price that an order is reckoned with before it fills: the limit, the stop, or the far side of the quote. A sell
 * limit below the bid would trade at the bid, so the bid counts. Null for a market order without any price.
 */
export function referencePrice(order: ParsedOrder, quote: MarketData | null): Fixed | null {
  const named = order.price ?? order.stopPrice;
  if (named === null) return farSide(order.side, quote);
  if (order.side === "buy" || order.type !== "limit") return named;
  const bid = positive(quote?.bid);
  return bid === null ? named : max(named, bid);
}

/** What a taker would pay (the ask) or get (the bid); the last trade where that side is empty. */
export function farSide(side: ParsedOrder["side"], quote: MarketData | null): Fixed | null {
  return positive(side === "buy" ? quote?.ask : quote?.bid) ?? positive(quote?.last);
}

function positive(tick: number | null | undefined): Fixed | null {
  return tick === null || tick === undefined || !(tick > 0) || !Number.isFinite(tick) ? null : fixedFromTick(tick);
}
