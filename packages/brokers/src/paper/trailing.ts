import { max, multiply, ONE, roundToStep, type Fixed } from "../domain/decimal.ts";
import type { OrderSide, Trail } from "../domain/order.ts";
import { priceStep } from "./checkTerms.ts";
import type { MatchSink } from "./meeting.ts";
import type { SymbolState, TradingRules } from "./SymbolState.ts";

/**
 * Where a trailing stop stands when the best price is `watermark` (PX81): the trail away from it, to the tick that is
 * farther from the market. Zero or less where the trail is longer than the price.
 */
export function trailingStopPrice(side: OrderSide, trail: Trail<Fixed>, watermark: Fixed, rules: TradingRules): Fixed {
  const distance = trail.by === "amount" ? trail.value : multiply(watermark, trail.value / 100n, "up");
  const exact = side === "sell" ? watermark - distance : watermark + distance;
  return roundToStep(exact, priceStep(max(exact, ONE / 10_000n), rules), side === "sell" ? "floor" : "ceil");
}

/** Moves the trailing stops of a side after the market where it went their way (PX82). */
export function followMarket(symbol: SymbolState, side: OrderSide, price: Fixed | undefined, sink: MatchSink): void {
  const { trailing } = symbol.book[side];
  if (trailing.size === 0 || price === undefined) return;
  // Following takes an order out and puts it in again.
  const orders = [...trailing];
  for (const order of orders) {
    const { trail, watermark, terms } = order;
    if (trail === null || (watermark !== null && (side === "sell" ? price <= watermark : price >= watermark))) continue;
    const stopPrice = trailingStopPrice(side, trail, price, symbol.rules);
    // After a dividend the stop may lie where the trail would not put it; it never goes back.
    const isCloser =
      terms.stopPrice === null || (side === "sell" ? stopPrice > terms.stopPrice : stopPrice < terms.stopPrice);
    if (isCloser) sink.trail(order, price, stopPrice);
    else order.watermark = watermark;
  }
}
