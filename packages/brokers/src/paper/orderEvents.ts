import { formatFixed, money, price, quantity, type Fixed } from "../domain/decimal.ts";
import type { VenueOrderId } from "../domain/ids.ts";
import type { Reason } from "../domain/Reason.ts";
import type { OrderChanges } from "./InFlight.ts";
import type { OrderAccepted, OrderRejected, OrderReplaced, OrderTerms, ReplaceRequested } from "./PaperEvent.ts";
import type { PaperOrder } from "./PaperOrder.ts";
import type { Refusal } from "./Refusal.ts";

/** The number and the market time of an event. */
export interface EventPlace {
  readonly seq: number;
  readonly at: number;
}

const priceOrNull = (value: Fixed | null): OrderTerms["price"] => (value === null ? null : price(value));

/** An order that was just made, as it was asked for. */
function termsOf(order: PaperOrder): OrderTerms {
  const { terms, trail, notional } = order;
  return {
    orderId: order.orderId,
    clientOrderId: order.clientOrderId,
    symbol: order.symbol,
    side: order.side,
    orderType: order.orderType,
    timeInForce: terms.timeInForce,
    extendedHours: order.extendedHours,
    quantity: quantity(terms.quantity),
    price: priceOrNull(terms.price),
    stopPrice: priceOrNull(terms.stopPrice),
    ...(trail === null ? undefined : { trail: { by: trail.by, value: formatFixed(trail.value) } }),
    ...(notional === null ? undefined : { notional: money(notional) }),
  };
}

/** An order that was just made is taken in. */
export function acceptedEvent(order: PaperOrder): OrderAccepted {
  const { terms, group, arrivesAt, watermark, isHeld } = order;
  const place = { seq: terms.priority, at: order.submittedAt, type: "order_accepted" } as const;
  const granted = { referencePrice: price(terms.referencePrice), expiresAt: terms.expiresAt };
  const isPlain = group === null && arrivesAt === null && watermark === null && order.notional === null;
  if (!isPlain) {
    return {
      ...place,
      ...termsOf(order),
      ...granted,
      ...(group === null ? undefined : { group }),
      ...(arrivesAt === null ? undefined : { arrivesAt }),
      ...(watermark === null ? undefined : { watermark: price(watermark) }),
      ...(isHeld ? { isHeld } : undefined),
    };
  }
  // Most orders are plain, and an object that is written out is made several times as fast as one that is put together.
  return {
    seq: place.seq,
    at: place.at,
    type: place.type,
    orderId: order.orderId,
    clientOrderId: order.clientOrderId,
    symbol: order.symbol,
    side: order.side,
    orderType: order.orderType,
    timeInForce: terms.timeInForce,
    extendedHours: order.extendedHours,
    quantity: quantity(terms.quantity),
    price: priceOrNull(terms.price),
    stopPrice: priceOrNull(terms.stopPrice),
    referencePrice: granted.referencePrice,
    expiresAt: granted.expiresAt,
  };
}

/** An order that was just made is refused. */
export function rejectedEvent(order: PaperOrder, { code, reason }: Refusal): OrderRejected {
  const { submittedAt, terms } = order;
  return { seq: terms.priority, at: submittedAt, type: "order_rejected", ...termsOf(order), code, reason };
}

/** The order's terms from now on. `reason` is the exchange's own, where it changes an order that nobody asked it to. */
export function replacedEvent(
  { orderId, terms }: PaperOrder,
  { seq, at }: EventPlace,
  keepsPriority: boolean,
  reason?: Reason,
): OrderReplaced {
  return {
    seq,
    at,
    type: "order_replaced",
    orderId,
    quantity: quantity(terms.quantity),
    price: priceOrNull(terms.price),
    stopPrice: priceOrNull(terms.stopPrice),
    timeInForce: terms.timeInForce,
    referencePrice: price(terms.referencePrice),
    expiresAt: terms.expiresAt,
    keepsPriority,
    ...(reason === undefined ? undefined : { reason }),
  };
}

/** A replacement is on its way; what it does not change is absent. */
export function replaceRequestedEvent(
  orderId: VenueOrderId,
  changes: OrderChanges,
  { seq, at }: EventPlace,
  arrivesAt: number,
): ReplaceRequested {
  return {
    seq,
    at,
    type: "replace_requested",
    orderId,
    arrivesAt,
    ...(changes.quantity === undefined ? undefined : { quantity: quantity(changes.quantity) }),
    ...(changes.price === undefined ? undefined : { price: price(changes.price) }),
    ...(changes.stopPrice === undefined ? undefined : { stopPrice: price(changes.stopPrice) }),
    ...(changes.timeInForce === undefined ? undefined : { timeInForce: changes.timeInForce }),
  };
}
