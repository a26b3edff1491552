import {
  isFinalOrderState,
  nextOrderState,
  orderEventOf,
  parseFixed,
  releasedEvent,
  type Order,
  type OrderEvent,
  type OrderId,
} from "@trenddojo/brokers/domain";
import type { OrderChanges, OrderRow } from "@trenddojo/db";
import { BEHIND_MS } from "../reconciliation/AwaitedUpdates.ts";
import {
  followedMessage,
  followedTerms,
  isTrailingMove,
  triggeredMessage,
  type FollowedTerms,
} from "./followedTerms.ts";
import { namedMessage, takenMessage } from "./legStep.ts";
import type { OrderRecorder, OrderStep } from "./OrderJournal.ts";
import { termsText } from "./termsText.ts";

export interface SnapshotOptions {
  /**
   * The broker was asked and answered just now, and no request of ours is under way: an order that it calls working
   * is no longer pending. A pushed update proves no such thing, it may be older than the request.
   */
  readonly endsPending: boolean;
  /** Our clock, epoch milliseconds. */
  readonly now: number;
  /** When the broker was asked, our clock: an order that it has open though it ended here long before lives. @default it was not asked */
  readonly askedAt?: number;
  /** When the request was given to the client whose answer is still under way, epoch milliseconds. @default not known */
  readonly sentAt?: number | null;
}

/**
 * Takes over what the broker says of an order: state, its id, changed terms. Filled quantities come from executions
 * (`applyFill`), never from here, so the caller books those first.
 * @returns the order as it stands; null where there is none.
 */
export function applySnapshot(
  journal: OrderRecorder,
  orderId: OrderId,
  order: Order,
  options: SnapshotOptions,
): Promise<OrderRow | null> {
  return journal.record(orderId, (row) => snapshotStep(row, order, options));
}

/** The snapshot says nothing that the row does not: to take it over would change nothing. */
export function isAgreed(row: OrderRow, order: Order, options: SnapshotOptions): boolean {
  return snapshotStep(row, order, options) === null;
}

/** The snapshot says nothing new but where a trailing stop stands. */
export function isOnlyTrailing(row: OrderRow, order: Order): boolean {
  const isWorking = row.state === "WORKING" && row.venueOrderId !== null && orderEventOf(order.status) === "accept";
  return isWorking && !termsDiffer(row, order) && isTrailingMove(followedTerms(row, order));
}

function snapshotStep(row: OrderRow, order: Order, options: SnapshotOptions): OrderStep | null {
  const followed = followedTerms(row, order);
  const follows = Object.keys(followed).length > 0;
  const event = eventOf(row, order, options) ?? (follows ? "accept" : null);
  if (event === null) return null;
  const ends = ENDED_AS.has(event) || event === "fill";
  // A snapshot that is older than an order's end changes nothing of it.
  const isOver = isFinalOrderState(row.state) && nextOrderState(row.state, event) === row.state;
  const replaced = !isOver && termsDiffer(row, order);
  const identified = row.venueOrderId === null;
  const changes: OrderChanges = {
    ...(identified ? { venueOrderId: order.orderId } : {}),
    ...(row.sentAt === null ? { sentAt: options.sentAt ?? options.now } : {}),
    ...(row.acknowledgedAt === null ? { acknowledgedAt: options.now } : {}),
    ...(replaced ? { quantity: order.quantity, price: order.price, stopPrice: order.stopPrice } : {}),
    ...(isEstimate(row) ? { quantity: order.quantity } : {}),
    ...followed,
    ...(ends ? { reason: event === "fill" ? null : endReason(row, order), why: order.why ?? null } : {}),
    // It was looked for and is found: that it was unknown is history.
    ...(!ends && (row.state === "UNKNOWN" || event.startsWith("revive")) ? { reason: null } : {}),
  };
  const isNew = identified || row.state === "SENDING" || row.state === "UNKNOWN";
  const isNews = isNew || (event !== "accept" && event !== "partial_fill");
  if (!isNews && !replaced && !follows) return null;
  const isNamed = isOnlyNamed(event, row);
  const isChange = replaced && !ends;
  const isMove = !isNews && !replaced && isTrailingMove(followed);
  const isTriggered = followed.triggeredBy !== undefined;
  return {
    event,
    type: isChange ? "replaced" : isNamed && !follows ? "note" : "state",
    message: withTrigger(
      event,
      followed,
      isChange
        ? changedMessage(order)
        : isNews && !(isNamed && follows)
          ? `${replaced ? `${changedMessage(order)}. ` : ""}${sentence(event, row, order)}`
          : followedMessage(row, followed),
    ),
    action: isChange
      ? "order.replaced"
      : isMove
        ? null
        : isNews
          ? (ACTIONS.get(event) ?? "order.updated")
          : isTriggered
            ? "order.triggered"
            : "order.updated",
    userId: null,
    changes,
    details: { status: order.status },
  };
}

/** Over here, and open there: its end was no end. A broker's answer may be a little behind what it pushes. */
function isRevived(row: OrderRow, order: Order, { askedAt }: SnapshotOptions): boolean {
  if (askedAt === undefined || row.updatedAt + BEHIND_MS >= askedAt) return false;
  const isOpen = order.status === "submitted" || order.status === "partially_filled";
  return isOpen && nextOrderState(row.state, "revive") !== "illegal";
}

/** What the snapshot proves; null where it waits for executions or repeats what is known. */
function eventOf(row: OrderRow, order: Order, options: SnapshotOptions): OrderEvent | null {
  const { endsPending } = options;
  const event = orderEventOf(order.status);
  if (isRevived(row, order, options)) return parseFixed(row.filledQuantity) > 0n ? "revive_partial" : "revive";
  if (event !== "accept" && event !== "partial_fill" && event !== "fill")
    return ENDED_AS.get(event) === row.state ? null : event;
  const filled = parseFixed(row.filledQuantity);
  const isPending = row.state === "PENDING_CANCEL" || row.state === "PENDING_REPLACE";
  const worksOn = order.status === "submitted" || order.status === "partially_filled";
  if (isPending && endsPending && worksOn) return releasedEvent(filled);
  // Changed to what was filled of it already: no execution is to come that would carry it over.
  const isWhole = event === "fill" && filled > 0n && filled >= parseFixed(order.quantity);
  if (isWhole && row.state !== "FILLED") return "fill";
  const differs = termsDiffer(row, order);
  if (row.state === "PENDING_REPLACE" && differs) return releasedEvent(filled);
  if (event === "accept") return "accept";
  // Its executions are on their way, and they carry the order over. Until then it is at least working, on these terms.
  const isNew = row.state === "SENDING" || row.state === "UNKNOWN" || row.venueOrderId === null;
  return isNew || differs ? (filled > 0n ? "partial_fill" : "accept") : null;
}

/** Changed by somebody: not where the market moves a trailing stop, nor where the broker makes shares of dollars. */
export function termsDiffer(row: OrderRow, order: Order): boolean {
  const stopDiffers = row.trailBy === null && order.stopPrice !== row.stopPrice;
  return (order.quantity !== row.quantity && !isEstimate(row)) || order.price !== row.price || stopDiffers;
}

/** The quantity of an order for an amount of money, until the broker has said how many shares it makes. */
function isEstimate(row: OrderRow): boolean {
  return row.notional !== null && row.venueOrderId === null;
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
  ["fill", "order.filled"],
  ["reject", "order.rejected"],
  ["release", "order.released"],
  ["release_partial", "order.released"],
  ["revive", "order.found_alive"],
  ["revive_partial", "order.found_alive"],
]);

const SENTENCES: ReadonlyMap<OrderEvent, string> = new Map([
  ["cancel", "Canceled"],
  ["expire", "Expired"],
  ["fill", "Filled"],
  ["reject", "Rejected by the broker"],
  ["release", "Working on, unchanged"],
  ["release_partial", "Working on, unchanged"],
  ["revive", "Open at the broker"],
  ["revive_partial", "Open at the broker"],
]);

function endReason(row: OrderRow, order: Order): OrderRow["reason"] {
  if (order.reason === null) return row.reason;
  // The answer to the placing came with a code; a bare sentence must not replace it.
  if (row.reason !== null && row.reason.code !== null) return row.reason;
  return { code: order.status === "rejected" ? "ORDER_REJECTED" : null, message: order.reason, params: {} };
}

function changedMessage(order: Order): string {
  return `Changed to ${termsText(order)}`;
}

function sentence(event: OrderEvent, row: OrderRow, order: Order): string {
  const why = ENDED_AS.has(event) && order.reason !== null ? `: ${order.reason}` : "";
  const taken = isOnlyNamed(event, row) ? namedMessage(order.orderId) : takenMessage(row);
  return `${SENTENCES.get(event) ?? taken}${why}`;
}

/** What is said of a snapshot, with what had set the stop off in its place: an order goes off after it works and before it ends. */
function withTrigger(event: OrderEvent, { triggeredBy }: FollowedTerms, said: string | null): string {
  const triggered = triggeredBy === undefined ? null : triggeredMessage(triggeredBy);
  const sentences = ENDED_AS.has(event) ? [triggered, said] : [said, triggered];
  return sentences.filter((each) => each !== null).join(". ");
}

/** The broker took it with its group, which was told; now it has a name there too. */
function isOnlyNamed(event: OrderEvent, row: OrderRow): boolean {
  return row.acknowledgedAt !== null && row.venueOrderId === null && !SENTENCES.has(event);
}
