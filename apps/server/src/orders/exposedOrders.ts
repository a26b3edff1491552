import { multiply, parseFixed, type Fixed } from "@trenddojo/brokers/domain";
import {
  countedOrders,
  openingQuantity,
  type ExposedOrder,
  type HeldPosition,
  type ParsedOrder,
  type SymbolExposure,
} from "@trenddojo/brokers/rules";
import type { OpenExposure } from "@trenddojo/db";

/** A stored order as the risk rules count it, or several that count as one. */
export interface ExposedRow extends ExposedOrder {
  /** Null where it stands for several. */
  readonly orderId: string | null;
  /** The broker has named it, so it has taken it off the buying power that it tells. */
  readonly isSeen: boolean;
}

export function exposedRow({ remaining, price, ...stored }: OpenExposure): ExposedRow {
  return { ...stored, remaining: parseFixed(remaining), price: price === null ? null : parseFixed(price) };
}

/**
 * The account without an order that is being changed. Of two exits one fills, so the other counts no more than the one that
 * is changed; and an exit that is held is judged as it will work, with its entry filled.
 */
export function booksBeside(
  replaced: ExposedRow | undefined,
  all: readonly ExposedRow[],
  positions: readonly HeldPosition[],
): { readonly open: readonly ExposedRow[]; readonly positions: readonly HeldPosition[] } {
  const others = all.filter((row) => row !== replaced);
  if (replaced === undefined || replaced.role === null || replaced.role === "entry") {
    return { open: others, positions };
  }
  const open = others.filter((row) => row.groupId !== replaced.groupId);
  const entry = others.find(({ groupId, role }) => groupId === replaced.groupId && role === "entry");
  if (entry === undefined || !replaced.isHeld) return { open, positions };
  const filled = {
    symbol: entry.symbol,
    quantity: entry.side === "buy" ? entry.remaining : -entry.remaining,
    price: entry.price ?? 0n,
  };
  return { open, positions: [...positions, filled] };
}

/** The broker's buying power has the orders taken off that it knows; those on the way are taken off here. */
export function unseenByBroker(open: readonly ExposedRow[]): Fixed {
  let reserved = 0n;
  for (const order of countedOrders(open)) {
    if (order.isSeen || order.side !== "buy") continue;
    reserved += multiply(order.remaining, order.price ?? 0n, "up");
  }
  return reserved;
}

/** What the broker holds back for an order that is being changed: the changed one may use it. */
export function releasedBy(row: ExposedRow | undefined, order: ParsedOrder, others: SymbolExposure | undefined): Fixed {
  if (row === undefined || !row.isSeen) return 0n;
  const opening = openingQuantity(others, { ...order, quantity: row.remaining });
  return multiply(opening, row.price ?? 0n, "down");
}
