import { money, price, quantity, type Fixed } from "../../domain/decimal.ts";
import type { Position } from "../../domain/position.ts";
import type { WirePosition } from "../rest/wireAccount.ts";

/**
 * Positions in the desk's words.
 * @param realized dollars by symbol, null where it cannot be said; null while none is known. @param now when the marks were asked for, epoch milliseconds.
 */
export function toPositions(
  wire: readonly WirePosition[],
  realized: ReadonlyMap<string, Fixed | null> | null,
  now: number,
): readonly Position[] {
  const realizedOf = (symbol: string): Fixed | null => {
    if (realized === null) return null;
    const known = realized.get(symbol);
    return known === undefined ? 0n : known;
  };
  const told = (amount: Fixed | null) => (amount === null ? null : money(amount));
  return wire
    .filter(({ qty }) => qty !== 0n)
    .map((each) => ({
      symbol: each.symbol,
      quantity: quantity(each.qty),
      averagePrice: price(each.avg_entry_price),
      marketPrice: each.current_price === null ? null : price(each.current_price),
      marketValue: told(each.market_value),
      unrealizedPnl: told(each.unrealized_pl),
      realizedPnl: told(realizedOf(each.symbol)),
      markedAt: each.current_price === null ? null : now,
    }));
}
