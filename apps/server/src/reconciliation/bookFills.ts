import { isFinalOrderState, parseFixed, type Fill, type Order, type OrderId } from "@trenddojo/brokers/domain";
import { fills } from "@trenddojo/db";
import { applyFill } from "../orders/applyFill.ts";
import { findToldOrder } from "../orders/findToldOrder.ts";
import { recorderOf, type ReconcileParts } from "./ReconcileParts.ts";
import { termsFirst } from "./takeOver.ts";

/** Executions are asked for from this long before what is known: a broker's stamps may disagree a little. */
const FILL_OVERLAP_MS = 60_000;

/**
 * Books what the broker tells of executions since then, a little overlapping.
 * @param known by the broker's id, the orders that `told` is about
 */
export async function bookFills(
  parts: ReconcileParts,
  known: ReadonlyMap<string, OrderId>,
  told: Iterable<Order>,
  since: number,
): Promise<void> {
  const fills = await parts.books.getFills(Math.max(0, since - FILL_OVERLAP_MS));
  const found = new Map(known);
  for (const id of outdated(told, fills)) found.delete(id);
  for (const fill of fills) {
    const orderId = found.get(fill.orderId) ?? (await askFor(parts, fill));
    if (orderId === undefined) continue;
    found.set(fill.orderId, orderId);
    const journal = recorderOf(parts, fill);
    await applyFill(orderId, fill, { journal, id: parts.ids.uuid(), now: parts.clock.now() });
  }
}

/** The orders, by the broker's id, that were executed after they were told of. */
function outdated(told: Iterable<Order>, fills: readonly Fill[]): readonly string[] {
  const executed = new Map<string, bigint>();
  for (const { orderId, quantity } of fills) {
    executed.set(orderId, (executed.get(orderId) ?? 0n) + parseFixed(quantity));
  }
  return [...told]
    .filter(({ orderId, filledQuantity }) => (executed.get(orderId) ?? 0n) > parseFixed(filledQuantity))
    .map(({ orderId }) => orderId);
}

/** The order of an execution, of which nothing new was told: it may have been changed before, so it is asked for where it is open here. */
async function askFor(parts: ReconcileParts, fill: Fill): Promise<OrderId | undefined> {
  const row = await findToldOrder(parts, fill);
  if (row !== null && !isFinalOrderState(row.state)) {
    const order = await parts.books.getOrderByClientOrderId(row.clientOrderId);
    if (order !== null) await termsFirst(parts, row, order);
  }
  return row?.id;
}

/**
 * Where the orders began that the broker counts more filled of than the desk has executions of; on the broker's clock, as
 * executions are. How new another order's executions are says nothing of theirs.
 */
export async function startsOfLacking(
  { db }: ReconcileParts,
  known: ReadonlyMap<string, OrderId>,
  told: readonly Order[],
): Promise<number[]> {
  const starts: number[] = [];
  for (const order of told) {
    const orderId = known.get(order.orderId);
    const filled = parseFixed(order.filledQuantity);
    if (orderId === undefined || filled === 0n) continue;
    const stored = await fills.totals(db, orderId);
    if (parseFixed(stored.quantity) < filled) starts.push(order.submittedAt);
  }
  return starts;
}
