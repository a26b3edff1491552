import { parseFixed, type Fixed } from "../../domain/decimal.ts";
import { ORDER_TYPES, TIMES_IN_FORCE, type Trail } from "../../domain/order.ts";
import type { LinkedExits, ParsedOrder } from "../../rules/ParsedOrder.ts";
import type { OrderAccepted, PaperEvent } from "../PaperEvent.ts";
import { order } from "./fixture.ts";

/** The order that a line's words describe; `instantOf` reads a time such as "15:30" or "+1/09:30". */
export function readOrder(id: string, words: readonly string[], instantOf: (time: string) => number): ParsedOrder {
  const [side, amount, typeWord, ...rest] = words;
  const type = ORDER_TYPES.find((each) => each === typeWord);
  if ((side !== "buy" && side !== "sell") || amount === undefined || type === undefined) {
    throw new Error(`not an order: ${words.join(" ")}`);
  }
  const [first, second] = rest.filter((word) => /^-?[\d.]+$/.test(word));
  const named = new Map(rest.filter((word) => word.includes("=")).map((word) => readPair(word)));
  const trail = named.get("trail");
  const until = named.get("until");
  const linked = readLinked(rest, named);
  const stopPrice = type === "stop" || type === "stop_limit" ? first : undefined;
  const price = type === "stop_limit" ? second : type === "stop" ? undefined : first;
  return order({
    id,
    side,
    type,
    quantity: amount.startsWith("$") ? "0" : amount,
    symbol: rest.find((word) => /^[A-Z]+$/.test(word)) ?? "SPY",
    timeInForce: TIMES_IN_FORCE.find((each) => rest.includes(each)) ?? "day",
    extendedHours: rest.includes("ext"),
    ...(price === undefined ? {} : { price }),
    ...(stopPrice === undefined ? {} : { stopPrice }),
    ...(amount.startsWith("$") ? { notional: parseFixed(amount.slice(1)) } : {}),
    ...(trail === undefined ? {} : { trail: readTrail(trail) }),
    ...(until === undefined ? {} : { expiresAt: instantOf(until) }),
    ...(linked === undefined ? {} : { linked }),
  });
}

function readPair(word: string): readonly [string, string] {
  const [name = "", value = ""] = word.split("=");
  return [name, value];
}

function readTrail(text: string): Trail<Fixed> {
  const isPercent = text.endsWith("%");
  return { by: isPercent ? "percent" : "amount", value: parseFixed(text.replace("%", "")) };
}

function readLinked(words: readonly string[], named: ReadonlyMap<string, string>): LinkedExits | undefined {
  const orderClass = (["bracket", "oco", "oto"] as const).find((each) => words.includes(each));
  if (orderClass === undefined) return undefined;
  const profit = named.get("profit");
  const stop = named.get("stop");
  const limit = named.get("limit");
  return {
    orderClass,
    takeProfit: profit === undefined ? null : { price: parseFixed(profit) },
    stopLoss:
      stop === undefined
        ? null
        : { stopPrice: parseFixed(stop), ...(limit === undefined ? {} : { price: parseFixed(limit) }) },
  };
}

/** What a scenario says of the events of special orders; undefined for every other event. */
export function renderOrderEvent(event: PaperEvent, name: string): string | undefined {
  if (event.type === "order_accepted") return renderAccepted(event, name);
  if (event.type === "order_replaced") {
    return event.reason === undefined ? undefined : `${name} resized ${event.quantity} ${event.reason.rule}`;
  }
  if (event.type === "order_trailed") return `${name} trailed ${event.stopPrice}`;
  if (event.type === "order_arrived") return `${name} arrived`;
  if (event.type === "order_activated") return `${name} activated ${event.reason.rule}`;
  if (event.type === "cancel_requested" || event.type === "replace_requested") {
    return `${name} ${event.type} arrives ${event.arrivesAt - event.at}`;
  }
  return event.type === "symbol_status" ? `${event.symbol} ${event.status}` : undefined;
}

function renderAccepted(event: OrderAccepted, name: string): string {
  if (event.isHeld === true) return `${name} accepted held`;
  if (event.arrivesAt !== undefined) return `${name} accepted arrives ${event.arrivesAt - event.at}`;
  if (event.trail !== undefined) return `${name} accepted stop ${event.stopPrice}`;
  return event.notional === undefined ? `${name} accepted` : `${name} accepted ${event.quantity}`;
}
