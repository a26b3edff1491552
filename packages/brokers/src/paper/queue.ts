import { fixedFromTick, min, type Fixed } from "../domain/decimal.ts";
import type { OrderSide } from "../domain/order.ts";
import type { PaperOrder } from "./PaperOrder.ts";
import type { Terms } from "./profile.ts";
import type { SymbolState } from "./SymbolState.ts";

/**
 * Where an order stands in the queue at its price as it joins it (PX104): alone where its price is better than the best
 * one quoted on its side, behind the size shown where it is the same, and nobody knows where it is worse.
 */
export function joinQueue(symbol: SymbolState, order: PaperOrder, terms: Terms): void {
  if (order.ahead === null) watchOne(symbol, order, terms);
}

/**
 * Goes on watching the queues of a side after a tick. Whoever leaves is taken to have stood behind us, until so little is
 * shown that some must have stood before us.
 */
export function watchQueue(symbol: SymbolState, side: OrderSide, terms: Terms): void {
  if (terms.matching.queueModel !== "displayed") return;
  const ladder = symbol.book[side].working;
  const near = side === "buy" ? symbol.market.bid : symbol.market.ask;
  if (near.price === 0 || ladder.isClearlyBeyond(near.price)) return;
  for (let order = ladder.first; order !== undefined; order = ladder.after(order)) {
    if (!watchOne(symbol, order, terms)) return;
  }
}

/** False where the order's price is worse than the best one of its side. */
function watchOne({ market }: SymbolState, order: PaperOrder, terms: Terms): boolean {
  const near = order.side === "buy" ? market.bid : market.ask;
  const limit = order.terms.price;
  if (near.price === 0) return false;
  if (limit === null) return true;
  const best = near.fixedPrice;
  if (limit === best)
    order.ahead = order.ahead === null ? shown(near.size, terms) : min(order.ahead, shown(near.size, terms));
  else if (order.side === "buy" ? limit > best : limit < best) order.ahead = 0n;
  else return false;
  return true;
}

function shown(size: number | null, terms: Terms): Fixed {
  return size === null ? terms.unquotedSize : fixedFromTick(size);
}
