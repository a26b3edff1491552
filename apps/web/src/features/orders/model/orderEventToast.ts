import type { OrderEventView, OrderView } from "@trenddojo/server/wire";
import { formatDecimal, PRICE, QUANTITY } from "../../../lib/decimalText.ts";
import type { Toast } from "../../../lib/toasts.ts";
import { orderTitle } from "./orderText.ts";

/** The toast for a step of an order; null for a step that needs none. Refusals and doubts stay until they are put away. */
export function orderEventToast(event: OrderEventView): Omit<Toast, "id"> | null {
  const { order, fill } = event;
  const base = { title: orderTitle(order), mode: order.mode };
  if (event.type === "fill" && fill !== null) {
    const whole = order.state === "FILLED";
    const detail = `Filled ${formatDecimal(fill.quantity, QUANTITY)} at ${formatDecimal(fill.price, PRICE)}: ${formatDecimal(order.filledQuantity, QUANTITY)} of ${formatDecimal(order.quantity, QUANTITY)} in all.`;
    return { ...base, tone: whole ? "good" : "info", detail, sticky: false };
  }
  if (event.type === "note" || event.type === "created" || endedWithItsLeader(order)) return null;
  const detail = order.reason?.message ?? event.message;
  switch (order.state) {
    case "DENIED":
    case "REJECTED":
    case "UNKNOWN":
    case "NOT_PLACED":
    case "EXPIRED_UNSENT":
      return { ...base, tone: "bad", detail, sticky: true };
    case "CANCELED":
    case "EXPIRED":
      return { ...base, tone: "info", detail, sticky: false };
    case "WORKING":
    case "FILLED":
    case "PARTIALLY_FILLED":
    case "INTENT":
    case "SENDING":
    case "PENDING_CANCEL":
    case "PENDING_REPLACE":
      return null;
  }
}

/** An exit that its broker never took: the order that was placed with it says the same, once. */
function endedWithItsLeader({ id, group, acknowledgedAt }: OrderView): boolean {
  return group !== null && group.leaderId !== id && acknowledgedAt === null;
}
