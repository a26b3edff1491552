import type { OrderSide, OrderType, TimeInForce, Trail } from "@trenddojo/brokers/domain";
import { formatDecimal, MONEY, NO_VALUE, PRICE, QUANTITY, signOf } from "../../../lib/decimalText.ts";
import type { TicketType } from "./ticketDraft.ts";

export const SIDE_NAMES = { buy: "Buy", sell: "Sell" } as const satisfies Record<OrderSide, string>;

export const ORDER_TYPE_NAMES = {
  market: "Market",
  limit: "Limit",
  stop: "Stop",
  stop_limit: "Stop limit",
  trailing_stop: "Trailing stop",
} as const satisfies Record<TicketType, string>;

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
  readonly symbol: string;
  readonly quantity?: string | undefined;
  /** Dollars, of an order for an amount of money. */
  readonly notional?: string | null | undefined;
}

/** "Buy 100 AAPL", "Buy $500.00 of AAPL" */
export function orderTitle({ side, symbol, quantity, notional }: Described): string {
  return `${SIDE_NAMES[side]} ${sizeText({ quantity, notional })} ${symbol}`;
}

/** "100", "$500.00 of" */
export function sizeText({ quantity, notional }: Pick<Described, "quantity" | "notional">): string {
  return notional === undefined || notional === null
    ? formatDecimal(quantity ?? null, QUANTITY)
    : `${formatDecimal(notional, MONEY)} of`;
}

/** "1.5 %", "$2.00" */
export function trailDistance({ by, value }: Trail<string>): string {
  return by === "percent" ? `${formatDecimal(value)} %` : formatDecimal(value, { ...MONEY, maxDecimals: 4 });
}

interface Priced {
  readonly type: OrderType;
  readonly price: string | null;
  readonly stopPrice: string | null;
  readonly trail: Trail<string> | null;
}

/** "Limit 187.50", "Stop 180.00 limit 179.50", "Trails 1.5 %, stop 184.71", "Market" */
export function priceText({ type, price, stopPrice, trail }: Priced): string {
  if (trail !== null) {
    const stop = stopPrice === null ? NO_VALUE : formatDecimal(stopPrice, PRICE);
    return `Trails ${trailDistance(trail)}, stop ${stop}`;
  }
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

/** "40 filled at 187.51"; empty while nothing is. */
export function filledText({ filledQuantity, averageFillPrice }: Filled): string {
  if (signOf(filledQuantity) === 0) return "";
  return `${formatDecimal(filledQuantity, QUANTITY)} filled at ${formatDecimal(averageFillPrice, PRICE)}`;
}

interface Filled {
  readonly filledQuantity: string;
  readonly averageFillPrice: string | null;
}

/** The auction, or how long it works: said of every order that is not for the day alone. */
const TIME_IN_FORCE_TERMS = {
  day: "",
  gtc: "GTC",
  ioc: "IOC",
  fok: "FOK",
  opg: "on open",
  cls: "on close",
} as const satisfies Record<TimeInForce, string>;

/** Price and time of an order in a list: "Limit 187.50", "Stop 180.00 GTC", "Market on close", "Limit on open 187.50" */
export function termsText(order: Priced & { readonly timeInForce: TimeInForce }): string {
  const price = priceText(order);
  const time = TIME_IN_FORCE_TERMS[order.timeInForce];
  if (time === "") return price;
  const isAuction = order.timeInForce === "opg" || order.timeInForce === "cls";
  return isAuction ? price.replace(/^\S+/, (type) => `${type} ${time}`) : `${price} ${time}`;
}

/** What an order is called: its type, and a stop that the market moves by its own name. */
export const kindName = ({ type, trail }: Pick<Priced, "type" | "trail">): string =>
  ORDER_TYPE_NAMES[trail === null ? type : "trailing_stop"];
