import type { AccountEvent } from "../../domain/AccountEvent.ts";
import { money } from "../../domain/decimal.ts";
import type { Fill, Order, OrderUpdateEvent } from "../../domain/order.ts";
import type { Reason } from "../../domain/Reason.ts";
import { assertNever } from "../../domain/assertNever.ts";
import { readCharges, totalCharge } from "../fees.ts";
import type { MoneyEvent } from "../money/MoneyEvent.ts";
import type { OrderFilled, PaperEvent } from "../PaperEvent.ts";

/** What those who watch an account are told: of its orders, and of what happened to it without one. */
export type PaperUpdate = OrderUpdateEvent | { readonly type: "account"; readonly event: AccountEvent };

interface UpdateSources {
  readonly orderById: (orderId: string) => Order | undefined;
  readonly accountEvent: (event: MoneyEvent) => AccountEvent | null;
}

/** What one event of the journal means to those who watch; null where it means nothing to them. */
export function toPaperUpdate(event: PaperEvent, { orderById, accountEvent }: UpdateSources): PaperUpdate | null {
  switch (event.type) {
    case "order_filled": {
      const order = orderById(event.orderId);
      return order === undefined ? null : { type: "fill", order, fill: toFill(event, order) };
    }
    case "order_accepted":
    case "order_trailed": {
      const order = orderById(event.orderId);
      return order === undefined ? null : { type: "order", order };
    }
    case "order_rejected":
    case "order_triggered":
    case "order_activated":
    case "order_canceled":
    case "order_expired":
    case "order_adjusted":
    case "order_replaced": {
      const order = orderById(event.orderId);
      return order === undefined ? null : { type: "order", order: changedBecause(order, event.reason) };
    }
    // Whoever asked is answered; the order is as it was.
    case "order_arrived":
    case "cancel_requested":
    case "replace_requested":
    case "symbol_status":
    case "cancel_rejected":
    case "replace_rejected":
    case "day_started":
      return null;
    case "split_applied":
    case "dividend_accrued":
    case "dividend_paid":
    case "symbol_changed":
    case "corporate_action_rejected":
    case "borrow_fee_charged":
    case "margin_call":
    case "margin_call_ended": {
      const told = accountEvent(event);
      return told === null ? null : { type: "account", event: told };
    }
    default:
      return assertNever(event);
  }
}

/** The order, and why it changed, where it was not its owner who changed it. */
function changedBecause(order: Order, why: Reason | undefined): Order {
  return why === undefined ? order : { ...order, reason: why.text, why };
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
    why: reason,
  };
}
