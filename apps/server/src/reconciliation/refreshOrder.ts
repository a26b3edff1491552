import type { Order } from "@trenddojo/brokers/domain";
import { orders, type OrderRow } from "@trenddojo/db";
import { bookFills, startsOfLacking } from "./bookFills.ts";
import { HISTORY_DAYS, type ReconcileParts } from "./ReconcileParts.ts";
import { termsFirst, takeOver } from "./takeOver.ts";

/**
 * Asks the broker for one order and takes over what it says; a leg that it names in its own way is found by its group.
 * Null where the broker does not know it.
 */
export async function refreshOrder(parts: ReconcileParts, row: OrderRow): Promise<OrderRow | null> {
  const order = (await parts.books.getOrderByClientOrderId(row.clientOrderId)) ?? (await findLegInHistory(parts, row));
  if (order === null) return null;
  const known = new Map([[order.orderId, row.id]]);
  await termsFirst(parts, row, order);
  const starts = await startsOfLacking(parts, known, [order]);
  if (starts.length > 0) await bookFills(parts, known, [order], Math.min(...starts));
  return takeOver(parts, row.id, order);
}

async function findLegInHistory({ db, account, books }: ReconcileParts, row: OrderRow): Promise<Order | null> {
  if (row.leaderId === null) return null;
  const leader = await orders.find(db, account.userId, row.leaderId);
  const isIt = ({ orderId, group }: Order): boolean =>
    row.venueOrderId === null
      ? group !== undefined && group.id === leader?.venueOrderId && group.role === row.groupRole
      : orderId === row.venueOrderId;
  return (await books.getOrderHistory(HISTORY_DAYS)).find(isIt) ?? null;
}
