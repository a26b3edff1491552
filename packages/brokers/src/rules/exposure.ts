import { abs, max, multiply, type Fixed } from "../domain/decimal.ts";
import { countedOrders } from "./countedOrders.ts";
import type { ParsedOrder } from "./ParsedOrder.ts";
import type { ExposedOrder, HeldPosition } from "./RiskInput.ts";

/** One symbol's shares, and how far its open orders could move them either way. */
export interface SymbolExposure {
  readonly held: Fixed;
  /** Shares that open buys could still add. */
  readonly buying: Fixed;
  /** Shares that open sells could still take away. */
  readonly selling: Fixed;
  /** The highest price known of it; null without any. */
  readonly price: Fixed | null;
}

const NOTHING: SymbolExposure = { held: 0n, buying: 0n, selling: 0n, price: null };

/** Positions and open orders, by symbol; of linked orders those that count. */
export function exposureBySymbol(
  positions: readonly HeldPosition[],
  openOrders: readonly ExposedOrder[],
): ReadonlyMap<string, SymbolExposure> {
  const bySymbol = new Map<string, SymbolExposure>();
  for (const { symbol, quantity, price } of positions) {
    const before = bySymbol.get(symbol) ?? NOTHING;
    bySymbol.set(symbol, { ...before, held: before.held + quantity, price: higher(before.price, price) });
  }
  for (const { symbol, side, remaining, price } of countedOrders(openOrders)) {
    const before = bySymbol.get(symbol) ?? NOTHING;
    const moved = side === "buy" ? { buying: before.buying + remaining } : { selling: before.selling + remaining };
    bySymbol.set(symbol, { ...before, ...moved, price: higher(before.price, price) });
  }
  return bySymbol;
}

/** The symbol's exposure were `order` open too, at `price`. */
export function withOrder(before: SymbolExposure | undefined, order: ParsedOrder, price: Fixed | null): SymbolExposure {
  const base = before ?? NOTHING;
  const moved =
    order.side === "buy" ? { buying: base.buying + order.quantity } : { selling: base.selling + order.quantity };
  return { ...base, ...moved, price: higher(base.price, price) };
}

/** The largest position, in shares, that the open orders can lead to: all buys fill and no sell does, or the reverse. */
export function worstCaseQuantity({ held, buying, selling }: SymbolExposure): Fixed {
  return max(abs(held + buying), abs(held - selling));
}

/** That position's value; 0 where no price is known. */
export function worstCaseValue(exposure: SymbolExposure): Fixed {
  return exposure.price === null ? 0n : multiply(worstCaseQuantity(exposure), exposure.price, "up");
}

/** Shares of `order` that open a position or enlarge one, if everything open on its side fills first. */
export function openingQuantity(before: SymbolExposure | undefined, order: ParsedOrder): Fixed {
  const { held, buying, selling } = before ?? NOTHING;
  const closable = order.side === "buy" ? -held - buying : held - selling;
  return order.quantity - max(0n, closable < order.quantity ? closable : order.quantity);
}

function higher(a: Fixed | null, b: Fixed | null): Fixed | null {
  if (a === null) return b;
  return b === null ? a : max(a, b);
}
