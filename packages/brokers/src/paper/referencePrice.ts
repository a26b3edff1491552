import { fixedFromTick, max, type Fixed } from "../domain/decimal.ts";
import type { OrderSide } from "../domain/order.ts";
import type { SymbolState } from "./SymbolState.ts";

/** The prices of an order. */
export interface OrderPrices {
  readonly side: OrderSide;
  readonly price: Fixed | null;
  readonly stopPrice: Fixed | null;
}

/** What the market says of an order's far side at one instant. */
export interface MarketMoment {
  readonly now: number;
  readonly maxQuoteAgeMs: number;
}

/** The far side of the quote, else the last print of this session; undefined where neither is known (PX15). */
export function marketPrice(state: SymbolState, side: OrderSide, moment: MarketMoment): Fixed | undefined {
  const { market } = state;
  const far = market.farSide(side, moment.now, moment.maxQuoteAgeMs);
  if (far !== undefined) return far.fixedPrice;
  return market.printSeen && market.ageAt(moment.now) <= moment.maxQuoteAgeMs ? fixedFromTick(market.last) : undefined;
}

/** An order's limit, else its stop; of a purchase that has both the higher. Null for a market order. */
export function ownPrice({ side, price, stopPrice }: OrderPrices): Fixed | null {
  if (side === "buy" && price !== null && stopPrice !== null) return max(price, stopPrice);
  return price ?? stopPrice;
}

/**
 * The price at which an order's margin is reckoned (PX71): its own, else the market. The market counts where it is higher
 * and the order may fill there: for a sale with a limit, and for a buy stop, which triggers at once below the market.
 * Undefined for a market order without a market.
 */
export function referencePrice(order: OrderPrices, state: SymbolState, moment: MarketMoment): Fixed | undefined {
  const own = ownPrice(order);
  const market = marketPrice(state, order.side, moment);
  if (own === null) return market;
  if (order.side === "buy" && order.price === null) return max(own, market ?? state.market.mark ?? own);
  return order.side === "sell" && order.price !== null && market !== undefined ? max(own, market) : own;
}
