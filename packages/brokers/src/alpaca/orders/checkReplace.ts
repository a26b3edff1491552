import { parseFixed } from "../../domain/decimal.ts";
import { BrokerErrorCode } from "../../domain/errorCode.ts";
import { FINAL_ORDER_STATUSES, type Order } from "../../domain/order.ts";
import { orderIssue } from "../../rules/orderRules.ts";
import type { ParsedOrderUpdate } from "../../rules/parseOrderUpdate.ts";
import { ruleRefusal } from "../../paper/backend/refusals.ts";
import { ALPACA } from "../alpacaName.ts";
import { alpacaRefusal } from "../alpacaRefusal.ts";

/**
 * What a change cannot be, whatever Alpaca would say.
 * @throws BrokerError ORDER_CLOSED, INVALID_ORDER for a price that the order does not have, ORDER_REJECTED for an order
 * that is partly filled: Alpaca does not say whether the order that replaces it begins with its fills, so its new
 * quantity could be bought twice.
 */
export function checkReplace(order: Order, changes: ParsedOrderUpdate): void {
  const { orderId, status } = order;
  if (FINAL_ORDER_STATUSES.includes(status)) {
    throw alpacaRefusal(BrokerErrorCode.ORDER_CLOSED, `order ${orderId} is ${status} already`, { orderId, status });
  }
  for (const field of ["price", "stopPrice"] as const) {
    const isMarkets = field === "stopPrice" && order.trail !== undefined;
    if (changes[field] === undefined || (order[field] !== null && !isMarkets)) continue;
    const detail = `a ${isMarkets ? "trailing stop" : order.type} order has no ${field} of its own to change`;
    throw ruleRefusal(ALPACA, [orderIssue("price_format", detail, {}, field)]);
  }
  if (order.notional !== undefined) {
    throw alpacaRefusal(BrokerErrorCode.NOT_SUPPORTED, "an order for an amount of money cannot be changed: cancel it", {
      orderId,
    });
  }
  if (parseFixed(order.filledQuantity) > 0n) {
    const message = "a partly filled order is not changed at Alpaca: cancel it, and place the rest anew";
    throw alpacaRefusal(BrokerErrorCode.ORDER_REJECTED, message, { orderId, filledQuantity: order.filledQuantity });
  }
}
