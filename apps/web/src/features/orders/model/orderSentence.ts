import { assertNever } from "@trenddojo/brokers/domain";
import type { OrderSide, TimeInForce, Trail } from "@trenddojo/brokers/domain";
import type { OrderInput } from "@trenddojo/server/wire";
import { formatDecimal, PRICE } from "../../../lib/decimalText.ts";
import { orderTitle, trailDistance } from "./orderText.ts";

interface SentenceOptions {
  /** "PAPER ···4821" */
  readonly account: string;
  /** An instant as the person reads it, with its clock. */
  readonly instantText: (at: string) => string;
}

/** The whole of an order in one sentence, made of what is sent: nothing that it does is left out, and nothing is added. */
export function orderSentence(order: OrderInput, { account, instantText }: SentenceOptions): string {
  const exits = exitsText(order);
  const parts = [
    `${orderTitle(order)} ${executionText(order)}${exits}`,
    `${exits === "" ? "," : ";"} ${durationText(order, instantText)}`,
    order.extendedHours === true ? ", also outside regular hours" : "",
  ];
  return `${parts.join("")}. ${account}`;
}

function executionText(order: OrderInput): string {
  switch (order.type) {
    case "market":
      return "at market";
    case "limit":
      return order.orderClass === "oco" ? `at ${price(order.price)}` : `at ${price(order.price)} or better`;
    case "stop":
      return order.trail === undefined
        ? `at market once it trades ${reach(order.side, order.stopPrice ?? null)}`
        : `at market once it ${trailReach(order.side, order.trail)}`;
    case "stop_limit":
      return `at ${price(order.price)} or better once it trades ${reach(order.side, order.stopPrice)}`;
    default:
      return assertNever(order);
  }
}

function exitsText(order: OrderInput): string {
  if (order.type !== "market" && order.type !== "limit") return "";
  const { orderClass = "simple", takeProfit, stopLoss, side } = order;
  if (orderClass === "simple") return "";
  const isOco = orderClass === "oco";
  const exitSide = isOco ? side : OPPOSITE[side];
  const verb = exitSide === "sell" ? "sell" : "buy back";
  const stop = stopLoss === undefined ? undefined : stopText(stopLoss, exitSide);
  if (isOco) return `${stop === undefined ? "" : ` or, ${stop}`}; one cancels the other`;
  const profit = takeProfit === undefined ? undefined : `${verb} at ${price(takeProfit.price)}`;
  if (profit === undefined) return stop === undefined ? "" : `, then, ${stop}`;
  return stop === undefined ? `, then ${profit}` : `, then ${profit} or, ${stop}`;
}

const OPPOSITE = { buy: "sell", sell: "buy" } as const satisfies Record<OrderSide, OrderSide>;

function stopText(stop: { readonly stopPrice: string; readonly price?: string | undefined }, side: OrderSide): string {
  const limit = stop.price === undefined ? "" : `, not ${side === "sell" ? "below" : "above"} ${price(stop.price)}`;
  return `at ${price(stop.stopPrice)}, stop out${limit}`;
}

function reach(side: OrderSide, stopPrice: string | null): string {
  return `at ${price(stopPrice)} or ${side === "sell" ? "below" : "above"}`;
}

function trailReach(side: OrderSide, trail: Trail<string>): string {
  return side === "sell" ? `falls ${trailDistance(trail)} from its high` : `rises ${trailDistance(trail)} from its low`;
}

const price = (value: string | null): string => formatDecimal(value, PRICE);

const DURATIONS = {
  day: "for the day",
  gtc: "until canceled",
  ioc: "at once; what is left is canceled",
  fok: "whole and at once or not at all",
  opg: "in the opening auction",
  cls: "in the closing auction",
} as const satisfies Record<TimeInForce, string>;

function durationText({ timeInForce = "day", expiresAt }: OrderInput, instantText: (at: string) => string): string {
  return expiresAt === undefined ? DURATIONS[timeInForce] : `until ${instantText(expiresAt)}`;
}
