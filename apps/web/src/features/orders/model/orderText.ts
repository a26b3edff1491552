import type { OrderSide, OrderType, TimeInForce } from "@trenddojo/brokers/domain";
import { formatDecimal, PRICE, QUANTITY } from "../../../lib/decimalText.ts";

const SIDE_NAMES = { buy: "Buy", sell: "Sell" } as const satisfies Record<OrderSide, string>;

export const ORDER_TYPE_NAMES = {
  market: "Market",
  limit: "Limit",
  stop: "Stop",
  stop_limit: "Stop limit",
} as const satisfies Record<OrderType, string>;

export const TIME_IN_FORCE_NAMES = {
  day: "Day",
  gtc: "Good till canceled",
  ioc: "Immediate or cancel",
  fok: "Fill or kill",
  opg: "At the open",
  cls: "At the close",
} as const satisfies Record<TimeInForce, string>;

interface Described {
  readonly side: OrderSide;
  readonly quantity: string;
  readonly symbol: string;
}

/** "Buy 100 AAPL" */
export function orderTitle({ side, quantity, symbol }: Described): string {
  return `${SIDE_NAMES[side]} ${formatDecimal(quantity, QUANTITY)} ${symbol}`;
}

/** "Limit 187.50", "Stop 180.00 limit 179.50", "Market" */
export function priceText({
  type,
  price,
  stopPrice,
}: {
  type: OrderType;
  price: string | null;
  stopPrice: string | null;
}): string {
  switch (type) {
    case "market":
      return "Market";
    case "limit":
      return `Limit ${formatDecimal(price, PRICE)}`;
    case "stop":
      return `Stop ${formatDecimal(stopPrice, PRICE)}`;
    case "stop_limit":
      return `Stop ${formatDecimal(stopPrice, PRICE)} limit ${formatDecimal(price, PRICE)}`;
  }
}
