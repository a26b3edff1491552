import { formatFixed, max, price, quantity, type Fixed } from "../../domain/decimal.ts";
import { clientOrderId, venueOrderId } from "../../domain/ids.ts";
import type { GroupRole, Order, OrderStatus } from "../../domain/order.ts";
import type { OrderRecord } from "./OrderRecord.ts";

/** What a record alone does not say. */
export interface OrderContext {
  /** Shares that its executions come to. */
  readonly filled: Fixed;
  /** Of its executions; null without any. */
  readonly average: Fixed | null;
  /** Id of the group's first order and the part in it; null for a simple one. */
  readonly group: { readonly id: string; readonly role: GroupRole } | null;
  /** Its entry has not filled yet. */
  readonly isHeld: boolean;
  /** What it calls itself is another order's client order id too. */
  readonly isNamesake: boolean;
}

/** An order in the desk's words; null while the gateway has not confirmed it, and for one that they have no room for. */
export function toOrder(record: OrderRecord, context: OrderContext): Order | null {
  const { permId, terms, submittedAt, updatedAt } = record;
  if (permId === null || terms === null) return null;
  const { symbol, side, type, timeInForce, extendedHours, trail, expiresAt } = terms;
  const filled = max(context.filled, record.statusFilled);
  const average = context.average ?? record.averagePrice;
  return {
    orderId: venueOrderId(String(permId)),
    clientOrderId: clientOrderId(clientIdOf(record, context.isNamesake)),
    symbol,
    side,
    type,
    timeInForce,
    extendedHours,
    quantity: quantity(terms.quantity),
    filledQuantity: quantity(filled),
    averageFillPrice: filled === 0n || average === null ? null : price(average),
    price: terms.price === null ? null : price(terms.price),
    stopPrice: terms.stopPrice === null ? null : price(terms.stopPrice),
    status: statusOf(record, filled, terms.quantity),
    reason: reasonOf(record),
    submittedAt,
    updatedAt,
    ...(trail === undefined ? {} : { trail: { by: trail.by, value: formatFixed(trail.value) } }),
    ...(context.group === null ? {} : { group: context.group }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
    ...(context.isHeld && record.ended === null ? { isHeld: true as const } : {}),
  };
}

/** Whether it changes no more: the gateway said so, or its executions make up the whole of it. */
export function hasEnded({ ended, terms }: OrderRecord, filled: Fixed): boolean {
  return ended !== null || (terms !== null && filled >= terms.quantity);
}

/** A name that the desk cannot hold, of an order that was placed elsewhere, gives way to the gateway's own. */
function clientIdOf({ orderRef, permId }: OrderRecord, isNamesake: boolean): string {
  return !isNamesake && /^[\x21-\x7e]{1,48}$/.test(orderRef) ? orderRef : `ib-${permId}`;
}

function statusOf(record: OrderRecord, filled: Fixed, whole: Fixed): OrderStatus {
  if (filled >= whole) return "filled";
  if (record.ended !== null) return record.ended;
  switch (record.state) {
    case "pending":
    case "inactive":
      return "pending";
    case "pending_cancel":
      return "pending_cancel";
    case "working":
      return filled > 0n ? "partially_filled" : "submitted";
  }
}

function reasonOf({ ended, state, rejection, notice, strange, isLost, terms, whyHeld }: OrderRecord): string | null {
  if (strange !== null)
    return `Interactive Brokers calls it "${strange.slice(0, 40)}", which this version does not know`;
  if (isLost) return "Interactive Brokers lists it nowhere any more: what became of it is seen in TWS";
  if (ended === "expired") return notice ?? `its time in force, ${terms?.timeInForce ?? "unknown"}, is over`;
  const said = rejection ?? notice;
  if (said !== null || ended !== null) return said;
  if (state === "inactive") return "Interactive Brokers calls it inactive: refused, or held; TWS says which";
  return whyHeld.includes("locate") ? "Interactive Brokers looks for shares to borrow" : null;
}
