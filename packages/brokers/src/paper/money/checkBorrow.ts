import { formatFixed, max, type Fixed } from "../../domain/decimal.ts";
import { BrokerErrorCode } from "../../domain/errorCode.ts";
import type { AccountState } from "../AccountState.ts";
import { NOTHING_REPLACED, openingQuantity, type OpenSums, type ProspectiveOrder } from "../margin.ts";
import { refuse, type Refusal } from "../Refusal.ts";
import type { SymbolState } from "../SymbolState.ts";

/** Refuses a sale whose opening part cannot be borrowed, or is short in a cash account (PX203, PX210, PX211). */
export function checkBorrow(
  state: AccountState,
  symbol: SymbolState,
  order: ProspectiveOrder,
  replaced: OpenSums = NOTHING_REPLACED,
): Refusal | undefined {
  if (order.side === "buy") return undefined;
  const held = symbol.holding.quantity;
  const selling = symbol.book.sell.openQuantity - replaced.quantity;
  const opening = openingQuantity("sell", selling + order.quantity, held);
  if (opening === 0n) return undefined;
  const params = { held: formatFixed(held), selling: formatFixed(selling), quantity: formatFixed(order.quantity) };
  if (state.terms.money.isCashAccount) {
    const free = formatFixed(max(held - selling, 0n));
    const text = `A cash account sells what it holds: at most ${free} of ${symbol.symbol} can be sold.`;
    return refuse(BrokerErrorCode.ORDER_REJECTED, "PX203", text, { ...params, available: free });
  }
  const { availability, shares } = state.terms.money.borrowOf(symbol.symbol);
  if (shares === null) return undefined;
  const short: Fixed = max(-held, 0n);
  const wanted = short + opening;
  if (wanted <= shares) return undefined;
  const located = formatFixed(shares);
  if (availability === "none") {
    const text = `No shares of ${symbol.symbol} can be borrowed, so none can be sold short.`;
    return refuse(BrokerErrorCode.ORDER_REJECTED, "PX210", text, { ...params, located });
  }
  const text = `${symbol.symbol} is hard to borrow: ${located} shares can be located, and ${formatFixed(wanted)} would be short.`;
  return refuse(BrokerErrorCode.ORDER_REJECTED, "PX211", text, { ...params, located, wanted: formatFixed(wanted) });
}
