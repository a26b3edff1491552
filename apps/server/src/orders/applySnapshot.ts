import {
  orderEventOf,
  parseFixed,
  releasedEvent,
  type Order,
  type OrderEvent,
  type OrderId,
} from "@trenddojo/brokers/domain";
import type { OrderChanges, OrderRow } from "@trenddojo/db";
import type { OrderJournal, OrderStep } from "./OrderJournal.ts";
import { priceText } from "./priceText.ts";

export interface SnapshotOptions {
  /**
   * The broker was asked and answered just now, and no request of ours is under way: an order that it calls working
   * is no longer pending. A pushed update proves no such thing, it may be older than the request.
   */
  readonly endsPending: boolean;
  /** Our clock, epoch milliseconds. */
  readonly now: number;
}

/**
 * Takes over what the broker says of an order: state, its id, changed terms. Filled quantities come from executions
 * (`applyFill`), never from here, so the caller books those first.
 * @returns the order as it stands; null where there is none.
 */
export function applySnapshot(
  journal: OrderJournal,
  orderId: OrderId,
  order: Order,
  options: SnapshotOptions,
): Promise<OrderRow | null> {
  return journal.record(orderId, (row) => snapshotStep(row, order, options));
}

function snapshotStep(row: OrderRow, order: Order, options: SnapshotOptions): OrderStep | null {
  const event = eventOf(row, order, options);
  if (event === null) return null;
  const replaced = termsDiffer(row, order);
  const identified = row.venueOrderId === null;
  const changes: OrderChanges = {
    ...(identified ? { venueOrderId: order.orderId } : {}),
    ...(row.sentAt === null ? { sentAt: options.now } : {}),
    ...(row.acknowledgedAt === null ? { acknowledgedAt: options.now } : {}),
    ...(replaced ? { quantity: order.quantity, price: order.price, stopPrice: order.stopPrice } : {}),
    ...(ENDED_AS.has(event) ? { reason: endReason(row, order) } : {}),
  };
  const isNews = replaced || (event !== "accept" && event !== "partial_fill");
  if (!isNews && !identified && row.state !== "SENDING" && row.state !== "UNKNOWN") return null;
  return {
    event,
    type: replaced ? "replaced" : "state",
    message: replaced ? `Changed to ${terms(order)}` : sentence(event, order),
    action: replaced ? "order.replaced" : (ACTIONS.get(event) ?? "order.updated"),
    userId: null,
    changes,
    details: { status: order.status },
  };
}

/** What the snapshot proves; null where it waits for executions or repeats what is known. */
function eventOf(row: OrderRow, order: Order, { endsPending }: SnapshotOptions): OrderEvent | null {
  const event = orderEventOf(order.status);
  if (event !== "accept" && event !== "partial_fill" && event !== "fill")
    return ENDED_AS.get(event) === row.state ? null : event;
  const filled = parseFixed(row.filledQuantity);
  const isPending = row.state === "PENDING_CANCEL" || row.state === "PENDING_REPLACE";
  const worksOn = order.status === "submitted" || order.status === "partially_filled";
  if (isPending && endsPending && worksOn) return releasedEvent(filled);
  if (row.state === "PENDING_REPLACE" && event === "accept" && termsDiffer(row, order)) return releasedEvent(filled);
  if (event === "accept") return "accept";
  // Its executions are on their way, and they carry the order over. Until then it is at least working.
  const isNew = row.state === "SENDING" || row.state === "UNKNOWN" || row.venueOrderId === null;
  return isNew ? (filled > 0n ? "partial_fill" : "accept") : null;
}

function termsDiffer(row: OrderRow, order: Order): boolean {
  return order.quantity !== row.quantity || order.price !== row.price || order.stopPrice !== row.stopPrice;
}

const ENDED_AS: ReadonlyMap<OrderEvent, OrderRow["state"]> = new Map([
  ["cancel", "CANCELED"],
  ["expire", "EXPIRED"],
  ["reject", "REJECTED"],
]);

const ACTIONS: ReadonlyMap<OrderEvent, string> = new Map([
  ["accept", "order.acknowledged"],
  ["cancel", "order.canceled"],
  ["expire", "order.expired"],
  ["reject", "order.rejected"],
  ["release", "order.released"],
  ["release_partial", "order.released"],
]);

const SENTENCES: ReadonlyMap<OrderEvent, string> = new Map([
  ["cancel", "Canceled"],
  ["expire", "Expired"],
  ["reject", "Rejected by the broker"],
  ["release", "Working on, unchanged"],
  ["release_partial", "Working on, unchanged"],
]);

function endReason(row: OrderRow, order: Order): OrderRow["reason"] {
  if (order.reason === null) return row.reason;
  // The answer to the placing came with a code; a bare sentence must not replace it.
  if (row.reason !== null && row.reason.code !== null) return row.reason;
  return { code: order.status === "rejected" ? "ORDER_REJECTED" : null, message: order.reason, params: {} };
}

function sentence(event: OrderEvent, order: Order): string {
  const why = ENDED_AS.has(event) && order.reason !== null ? `: ${order.reason}` : "";
  return `${SENTENCES.get(event) ?? "Working at the broker"}${why}`;
}

function terms(order: Order): string {
  const prices = [
    order.stopPrice === null ? null : `stop ${priceText(order.stopPrice)}`,
    order.price === null ? null : `limit ${priceText(order.price)}`,
  ];
  return [`${order.quantity} shares`, ...prices.filter((price) => price !== null)].join(", ");
}
