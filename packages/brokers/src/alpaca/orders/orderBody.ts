import { formatFixed, type Fixed } from "../../domain/decimal.ts";
import type { OrderType } from "../../domain/order.ts";
import type { ParsedOrder } from "../../rules/ParsedOrder.ts";
import type { ParsedOrderUpdate } from "../../rules/parseOrderUpdate.ts";

/** A new order in Alpaca's words, https://docs.alpaca.markets/reference/postorder. Every decimal is a text. */
export interface OrderBody {
  readonly client_order_id: string;
  readonly symbol: string;
  readonly side: string;
  readonly type: OrderType | "trailing_stop";
  readonly time_in_force: string;
  readonly qty?: string;
  readonly notional?: string;
  readonly limit_price?: string;
  readonly stop_price?: string;
  readonly trail_price?: string;
  readonly trail_percent?: string;
  readonly extended_hours?: true;
  readonly order_class?: "bracket" | "oco" | "oto";
  readonly take_profit?: { readonly limit_price: string };
  readonly stop_loss?: { readonly stop_price: string; readonly limit_price?: string };
}

/** What a replacement changes, https://docs.alpaca.markets/reference/patchorderbyorderid-1 */
export interface ReplaceBody {
  readonly qty?: string;
  readonly limit_price?: string;
  readonly stop_price?: string;
  readonly trail?: string;
  readonly time_in_force?: string;
}

export function toOrderBody(order: ParsedOrder): OrderBody {
  const { clientOrderId, symbol, side, type, timeInForce, quantity, price, stopPrice, trail, notional } = order;
  return {
    client_order_id: clientOrderId,
    symbol,
    side,
    type: trail === undefined ? type : "trailing_stop",
    time_in_force: timeInForce,
    ...(notional === undefined ? { qty: formatFixed(quantity) } : { notional: formatFixed(notional) }),
    // The limit of an oco is its exit with a profit, and that is where Alpaca wants it.
    ...(price === null || order.linked?.orderClass === "oco" ? {} : { limit_price: formatFixed(price) }),
    ...(stopPrice === null ? {} : { stop_price: formatFixed(stopPrice) }),
    ...(trail === undefined
      ? {}
      : { [trail.by === "amount" ? "trail_price" : "trail_percent"]: formatFixed(trail.value) }),
    ...(order.extendedHours ? { extended_hours: true as const } : {}),
    ...exitsOf(order),
  };
}

/** @param before shares that the orders before the one that works have filled, and that it does not count. */
export function toReplaceBody(
  { quantity, price, stopPrice, timeInForce }: ParsedOrderUpdate,
  before: Fixed,
): ReplaceBody {
  return {
    ...(quantity === undefined ? {} : { qty: formatFixed(quantity - before) }),
    ...(price === undefined ? {} : { limit_price: formatFixed(price) }),
    ...(stopPrice === undefined ? {} : { stop_price: formatFixed(stopPrice) }),
    ...(timeInForce === undefined ? {} : { time_in_force: timeInForce }),
  };
}

function exitsOf({ linked, price }: ParsedOrder): Pick<OrderBody, "order_class" | "take_profit" | "stop_loss"> {
  if (linked === undefined) return {};
  const { orderClass, takeProfit, stopLoss } = linked;
  const profit = orderClass === "oco" ? price : (takeProfit?.price ?? null);
  return {
    order_class: orderClass,
    ...(profit === null ? {} : { take_profit: { limit_price: formatFixed(profit) } }),
    ...(stopLoss === null
      ? {}
      : {
          stop_loss: {
            stop_price: formatFixed(stopLoss.stopPrice),
            ...(stopLoss.price === undefined ? {} : { limit_price: formatFixed(stopLoss.price) }),
          },
        }),
  };
}
