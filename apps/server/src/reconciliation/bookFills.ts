import { parseFixed, type Order, type OrderId } from "@trenddojo/brokers/domain";
import { fills } from "@trenddojo/db";
import { applyFill } from "../orders/applyFill.ts";
import { findToldOrder } from "../orders/findToldOrder.ts";
import { recorderOf, type ReconcileParts } from "./ReconcileParts.ts";

/** Executions are asked for from this long before what is known: a broker's stamps may disagree a little. */
const FILL_OVERLAP_MS = 60_000;

/** Books what the broker tells of executions since then, a little overlapping. */
export async function bookFills(
  parts: ReconcileParts,
  known: ReadonlyMap<string, OrderId>,
  since: number,
): Promise<void> {
  for (const fill of await parts.books.getFills(Math.max(0, since - FILL_OVERLAP_MS))) {
    const orderId = known.get(fill.orderId) ?? (await findToldOrder(parts, fill))?.id;
    if (orderId === undefined) continue;
    const journal = recorderOf(parts, fill);
    await applyFill(orderId, fill, { journal, id: parts.ids.uuid(), now: parts.clock.now() });
  }
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
