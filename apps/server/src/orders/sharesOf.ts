import { divide, type Fixed, type MarketData } from "@trenddojo/brokers/domain";
import { farSide, type ParsedOrder } from "@trenddojo/brokers/rules";

/** An order's shares: of one for an amount of money an estimate by the price it would trade at, zero without any. */
export function sharesOf({ notional, quantity, side }: ParsedOrder, quote: MarketData | null): Fixed {
  if (notional === undefined) return quantity;
  const price = farSide(side, quote);
  return price === null ? 0n : divide(notional, price, "down");
}
