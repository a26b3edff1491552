import { parseFixed, tryParseFixed, type Fixed } from "@trenddojo/brokers/domain";
import { instantOf } from "../easternTime.ts";
import { TwsRefusal } from "../TwsRefusal.ts";
import { limitBeyond } from "./trailLimit.ts";
import type { WireOrder } from "../wire/WireOrder.ts";
import {
  TWS_ORDER_TYPES,
  TWS_TIMES_IN_FORCE,
  type OrderTicket,
  type TwsOrderType,
  type TwsTimeInForce,
} from "./OrderTicket.ts";

/** Of what real orders carry. */
const LARGEST: Fixed = parseFixed("1000000000");

/** Reads what matters of an order. @param now market time, epoch milliseconds. @throws TwsRefusal */
export function readTicket(order: WireOrder, now: number): OrderTicket {
  const type = readType(order.orderType);
  const timeInForce = readTimeInForce(order.tif === "" ? "DAY" : order.tif, type);
  const quantity = readQuantity(order);
  const limit = amount(order.lmtPrice, "limit price");
  const aux = amount(order.auxPrice, "aux price");
  const needsLimit = type === "LMT" || type === "STP LMT" || type === "LOC" || type === "LIT";
  const needsStop = type === "STP" || type === "STP LMT" || type === "MIT" || type === "LIT";
  if (needsLimit && limit === null) throw validating("Missing limit price");
  if (needsStop && (aux === null || aux === 0n)) throw validating("Missing stop price");
  if (order.whatIf && !order.transmit) {
    throw new TwsRefusal(413, "'What-if' order should have the transmit flag set to true.");
  }
  const side = readSide(order.action);
  const trailLimit = type === "TRAIL LIMIT" ? readTrailLimit(order, side, limit) : null;
  return {
    side,
    type,
    timeInForce,
    quantity,
    limit: needsLimit ? limit : trailLimit === null ? null : limitBeyond(side, trailLimit.from, trailLimit.offset),
    stop: needsStop ? aux : null,
    trail: type === "TRAIL" || type === "TRAIL LIMIT" ? readTrail(order, aux) : null,
    trailLimit,
    expiresAt: timeInForce === "GTD" ? readTime(order.goodTillDate, "good till date") : null,
    goodAfter: order.goodAfterTime === "" ? null : goodAfter(readTime(order.goodAfterTime, "good after time"), now),
    outsideRth: order.outsideRth,
    parentId: order.parentId,
    ocaGroup: order.ocaGroup,
    // Children of one parent take off each other's size.
    ocaType: order.ocaGroup !== "" && order.ocaType !== 2 && order.ocaType !== 3 ? "cancel" : "reduce",
    transmit: order.transmit,
    whatIf: order.whatIf,
  };
}

function readSide(action: string): OrderTicket["side"] {
  if (action === "BUY") return "buy";
  // Short sales of institutions name themselves.
  if (action === "SELL" || action === "SSHORT") return "sell";
  throw validating(`Invalid side: ${action}`);
}

function readType(text: string): TwsOrderType {
  const type = TWS_ORDER_TYPES.find((each) => each === text);
  if (type === undefined) throw new TwsRefusal(387, "Unsupported order type for this exchange and security type.");
  return type;
}

function readTimeInForce(text: string, type: TwsOrderType): TwsTimeInForce {
  const found = TWS_TIMES_IN_FORCE.find((each) => each === text);
  if (found === undefined) throw validating(`Invalid time in force: ${text}`);
  if ((type === "MOC" || type === "LOC") && found !== "DAY") {
    throw new TwsRefusal(113, "The Time-in-Force should be DAY for MOC or LOC orders.");
  }
  const isImmediate = found === "IOC" || found === "FOK" || found === "OPG";
  if (isImmediate && type !== "MKT" && type !== "LMT") {
    throw new TwsRefusal(111, "The TIF (Time in Force) and the order type are incompatible.");
  }
  return found;
}

function readQuantity({ totalQuantity, cashQty }: WireOrder): Fixed {
  if ((amount(cashQty, "cash quantity") ?? 0n) !== 0n) {
    throw new TwsRefusal(10244, "Cash quantity is not supported for this order.");
  }
  const quantity = amount(totalQuantity, "quantity");
  if (quantity === null || quantity === 0n) throw new TwsRefusal(434, "The order size cannot be zero.");
  if (quantity < 0n || quantity > LARGEST) throw validating(`Invalid quantity: ${totalQuantity}`);
  return quantity;
}

function readTrail({ trailingPercent }: WireOrder, aux: Fixed | null): OrderTicket["trail"] {
  const percent = amount(trailingPercent, "trailing percent");
  if (percent !== null && percent > 0n) return { by: "percent", value: percent };
  if (aux === null || aux <= 0n) throw validating("Missing trailing amount or percent");
  return { by: "amount", value: aux };
}

/** The limit as such or as an offset from the stop, never both: https://interactivebrokers.github.io/tws-api/basic_orders.html */
function readTrailLimit(
  { trailStopPrice, lmtPriceOffset }: WireOrder,
  side: OrderTicket["side"],
  limit: Fixed | null,
): NonNullable<OrderTicket["trailLimit"]> {
  const from = amount(trailStopPrice, "aux price");
  if (from === null || from <= 0n) throw validating("Missing trail stop price");
  const offset = amount(lmtPriceOffset, "limit price");
  const isLimitGiven = limit !== null && limit !== 0n;
  if ((offset !== null) === isLimitGiven) throw validating("Either the limit price or its offset is to be given");
  if (offset !== null) return { from, offset };
  const price = limit ?? 0n;
  return { from, offset: side === "sell" ? from - price : price - from };
}

/** Null where it is unset. A float that is no exact decimal is none. @throws TwsRefusal */
function amount(text: string | null, name: string): Fixed | null {
  if (text === null) return null;
  const value = tryParseFixed(text.replace(/^(-?)\./, "$10."));
  // Not an exact decimal at all, or with more digits than any market has steps.
  if (value === undefined) {
    if (name === "limit price" || name === "aux price") {
      throw new TwsRefusal(110, "The price does not conform to the minimum price variation for this contract.");
    }
    throw validating(`Invalid ${name}: ${text}`);
  }
  return value;
}

function readTime(text: string, name: string): number {
  const at = instantOf(text);
  if (at === undefined) throw new TwsRefusal(391, `The ${name} is invalid: ${text}`);
  return at;
}

function goodAfter(at: number, now: number): number | null {
  return at > now ? at : null;
}

function validating(cause: string): TwsRefusal {
  return new TwsRefusal(321, `Error validating request.-'bS' : cause - ${cause}`);
}
