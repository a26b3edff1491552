import { parseFixed, type Order, type OrderId } from "@trenddojo/brokers/domain";
import type { OrderRow } from "@trenddojo/db";
import { applySnapshot, isAgreed, termsDiffer } from "../orders/applySnapshot.ts";
import { recorderOf, type ReconcileParts } from "./ReconcileParts.ts";

/**
 * Takes over what the broker says of an order that was found there.
 * @param stored the order as this look has read it: where it agrees, nothing is locked. @default it is not known
 */
export async function takeOver(
  parts: ReconcileParts,
  orderId: OrderId,
  order: Order,
  stored?: OrderRow,
): Promise<OrderRow | null> {
  const { clock, unknown, inFlight, askedAt } = parts;
  const journal = recorderOf(parts, order);
  unknown.found(orderId);
  const isIdle = !inFlight.has(orderId);
  const options = { endsPending: isIdle, now: clock.now(), ...(isIdle ? { askedAt } : {}) };
  const isWhole = (row: OrderRow): boolean => parseFixed(row.filledQuantity) >= parseFixed(order.filledQuantity);
  if (stored !== undefined && isWhole(stored) && isAgreed(stored, order, options)) return stored;
  const row = await applySnapshot(journal, orderId, order, options);
  if (row === null || isWhole(row)) return row;
  // The broker counts more than it can tell the executions of: its total is evidence too.
  return journal.record(orderId, (current) =>
    parseFixed(current.filledQuantity) >= parseFixed(order.filledQuantity)
      ? null
      : {
          event: order.status === "filled" ? "fill" : "partial_fill",
          message: `The broker counts ${order.filledQuantity} filled; the executions of ${current.filledQuantity} are known`,
          action: "order.executions_missing",
          userId: null,
          changes: { filledQuantity: order.filledQuantity, averageFillPrice: order.averageFillPrice },
        },
  );
}

/**
 * Executions are counted against the terms that they were made on, so those are taken over before: the shares that an
 * amount of money makes, and what the order was changed to since it was heard of last.
 */
export async function termsFirst(parts: ReconcileParts, row: OrderRow, order: Order): Promise<void> {
  const isUnsized = row.notional !== null && row.venueOrderId === null;
  const lacks = parseFixed(order.filledQuantity) > parseFixed(row.filledQuantity);
  if (!isUnsized && !(lacks && termsDiffer(row, order))) return;
  // How it ended is told after its executions.
  const told: Order = lacks ? { ...order, status: "partially_filled" } : order;
  await applySnapshot(recorderOf(parts, order), row.id, told, { endsPending: false, now: parts.clock.now() });
}
