import { BrokerErrorCode } from "../../domain/errorCode.ts";
import { FINAL_ORDER_STATUSES, type Order } from "../../domain/order.ts";
import { ruleRefusal } from "../../paper/backend/refusals.ts";
import { orderIssue } from "../../rules/orderRules.ts";
import type { ParsedOrderUpdate } from "../../rules/parseOrderUpdate.ts";
import { INTERACTIVE_BROKERS } from "../ibName.ts";
import { ibRefusal } from "../ibRefusal.ts";
import type { OrderTerms } from "./OrderTerms.ts";

/**
 * What a change cannot be, whatever the gateway would say.
 * @throws BrokerError ORDER_CLOSED; INVALID_ORDER for a price that the order does not have, or fewer shares than are filled
 */
export function checkChange(order: Order, changes: ParsedOrderUpdate): void {
  const { orderId, status } = order;
  if (FINAL_ORDER_STATUSES.includes(status)) {
    throw ibRefusal(BrokerErrorCode.ORDER_CLOSED, `order ${orderId} is ${status} already`, { orderId, status });
  }
  for (const field of ["price", "stopPrice"] as const) {
    const isMarkets = field === "stopPrice" && order.trail !== undefined;
    if (changes[field] === undefined || (order[field] !== null && !isMarkets)) continue;
    const detail = `a ${isMarkets ? "trailing stop" : order.type} order has no ${field} of its own to change`;
    throw ruleRefusal(INTERACTIVE_BROKERS, [orderIssue("price_format", detail, {}, field)]);
  }
}

/** The terms of the order once it is changed. */
export function changedTerms(terms: OrderTerms, changes: ParsedOrderUpdate): OrderTerms {
  const { expiresAt, ...kept } = terms;
  const { timeInForce = terms.timeInForce } = changes;
  return {
    ...kept,
    timeInForce,
    quantity: changes.quantity ?? terms.quantity,
    price: changes.price ?? terms.price,
    stopPrice: changes.stopPrice ?? terms.stopPrice,
    ...(expiresAt === undefined || timeInForce !== "gtc" ? {} : { expiresAt }),
  };
}
