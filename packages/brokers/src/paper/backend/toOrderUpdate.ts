import { money } from "../../domain/decimal.ts";
import type { Fill, Order, OrderUpdateEvent } from "../../domain/order.ts";
import { assertNever } from "../../domain/assertNever.ts";
import { readCharges, totalCharge } from "../fees.ts";
import type { OrderFilled, PaperEvent } from "../PaperEvent.ts";

/** What one event of the journal means to those who watch orders; null where it means nothing to them. */
export function toOrderUpdate(
  event: PaperEvent,
  orderById: (orderId: string) => Order | undefined,
): OrderUpdateEvent | null {
  switch (event.type) {
    case "order_filled": {
      const order = orderById(event.orderId);
      return order === undefined ? null : { type: "fill", order, fill: toFill(event, order) };
    }
    case "order_accepted":
    case "order_rejected":
    case "order_triggered":
    case "order_trailed":
    case "order_activated":
    case "order_canceled":
    case "order_expired":
    case "order_adjusted":
    case "order_replaced": {
      const order = orderById(event.orderId);
      return order === undefined ? null : { type: "order", order };
    }
    // Whoever asked is answered; the order is as it was.
    case "order_arrived":
    case "cancel_requested":
    case "replace_requested":
    case "symbol_status":
    case "cancel_rejected":
    case "replace_rejected":
    case "day_started":
    case "split_applied":
    case "dividend_accrued":
    case "dividend_paid":
    case "symbol_changed":
    case "corporate_action_rejected":
    case "borrow_fee_charged":
    case "margin_call":
    case "margin_call_ended":
      return null;
    default:
      return assertNever(event);
  }
}

function toFill(
  { executionId, orderId, symbol, side, quantity, price, fees, at, reason }: OrderFilled,
  { clientOrderId }: Order,
): Fill {
  return {
    executionId,
    orderId,
    clientOrderId,
    symbol,
    side,
    quantity,
    price,
    fees: money(totalCharge(readCharges(fees))),
    filledAt: at,
    reason: reason.text,
  };
}
