import {
  orderEventOf,
  parseFixed,
  releasedEvent,
  type Order,
  type OrderEvent,
  type OrderId,
} from "@trenddojo/brokers/domain";
import type { orders } from "@trenddojo/db";
import type { OrderJournal, OrderStep } from "./OrderJournal.ts";

type OrderRow = orders.OrderRow;

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
export function applySnapshot(journal: OrderJournal, orderId: OrderId, order: Order, options: SnapshotOptions): Promise<OrderRow | null> {
  return journal.record(orderId, (row) => snapshotStep(row, order, options));
}

function snapshotStep(row: OrderRow, order: Order, options: SnapshotOptions): OrderStep | null {
  const event = eventOf(row, order, options);
  if (event === null) return null;
  const replaced = order.quantity !== row.quantity || order.price !== row.price || order.stopPrice !== row.stopPrice;
  const identified = row.venueOrderId === null;
  const changes: orders.OrderChanges = {
    ...(identified ? { venueOrderId: order.orderId } : {}),
    ...(row.sentAt === null ? { sentAt: options.now } : {}),
    ...(row.acknowledgedAt === null ? { acknowledgedAt: options.now } : {}),
    ...(replaced ? { quantity: order.quantity, price: order.price, stopPrice: order.stopPrice } : {}),
    ...(ENDED.has(event) ? { reason: endReason(row, order) } : {}),
  };
  const isNews = replaced || event === "release" || event === "release_partial" || (event !== "accept" && event !== "partial_fill");
  if (!isNews && !identified && row.state !== "SENDING" && row.state !== "UNKNOWN") return null;
  return {
    event,
    type: replaced ? "replaced" : "state",
    message: replaced ? `Changed to ${terms(order)}` : sentence(event, order),
    action: replaced ? "order.replaced" : ACTIONS[event] ?? "order.updated",
    userId: null,
    changes,
    details: { status: order.status },
  };
}

/** What the snapshot proves; null where it waits for executions or repeats what is known. */
function eventOf(row: OrderRow, order: Order, { endsPending }: SnapshotOptions): OrderEvent | null {
  const event = orderEventOf(order.status);
  const isPending = row.state === "PENDING_CANCEL" || row.state === "PENDING_REPLACE";
  const filled = parseFixed(row.filledQuantity);
  switch (event) {
    case "fill":
    case "partial_fill":
      if (isPending && endsPending && event === "partial_fill") return releasedEvent(filled);
      // Its executions are on their way, and they carry the order over. Until then it is at least working.
      return row.state === "SENDING" || row.state === "UNKNOWN" || row.venueOrderId === null ? withFills("accept", filled) : null;
    case "accept":
      if (isPending && endsPending && order.status === "submitted") return releasedEvent(filled);
      if (row.state === "PENDING_REPLACE" && termsDiffer(row, order)) return releasedEvent(filled);
      return "accept";
    default:
      return ENDED_AS[event] === row.state ? null : event;
  }
}

function withFills(event: OrderEvent, filled: bigint): OrderEvent {
  return filled > 0n ? "partial_fill" : event;
}

function termsDiffer(row: OrderRow, order: Order): boolean {
  return order.quantity !== row.quantity || order.price !== row.price || order.stopPrice !== row.stopPrice;
}

const ENDED: ReadonlySet<OrderEvent> = new Set<OrderEvent>(["cancel", "expire", "reject"]);
const ENDED_AS: Partial<Record<OrderEvent, OrderRow["state"]>> = { cancel: "CANCELED", expire: "EXPIRED", reject: "REJECTED" };
const ACTIONS: Partial<Record<OrderEvent, string>> = {
  accept: "order.acknowledged",
  cancel: "order.canceled",
  expire: "order.expired",
  reject: "order.rejected",
  release: "order.released",
  release_partial: "order.released",
};

function endReason(row: OrderRow, order: Order): orders.OrderChanges["reason"] {
  if (order.reason === null) return row.reason;
  // The answer to the placing came with a code; a bare sentence must not replace it.
  if (row.reason?.code != null) return row.reason;
  return { code: order.status === "rejected" ? "ORDER_REJECTED" : null, message: order.reason, params: {} };
}

function sentence(event: OrderEvent, order: Order): string {
  const why = order.reason === null ? "" : `: ${order.reason}`;
  switch (event) {
    case "cancel":
      return `Canceled${why}`;
    case "expire":
      return `Expired${why}`;
    case "reject":
      return `Rejected by the broker${why}`;
    case "release":
    case "release_partial":
      return "Working on, unchanged";
    default:
      return "Working at the broker";
  }
}

function terms(order: Order): string {
  const prices = [order.stopPrice === null ? null : `stop ${order.stopPrice}`, order.price === null ? null : `limit ${order.price}`];
  return [`${order.quantity} shares`, ...prices.filter((price) => price !== null)].join(", ");
}
