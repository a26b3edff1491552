import { formatFixed } from "../../domain/decimal.ts";
import type { IBOrderGiven } from "../session/vendorTypes.ts";
import { writeInstant } from "../ibTime.ts";
import type { OrderTerms } from "./OrderTerms.ts";

/** What an order says beside its terms. */
export interface OrderFrame {
  readonly account: string;
  readonly orderRef: string;
  /** False holds it at the gateway until one that hangs on it is transmitted. Never left out: left out means held (H7). */
  readonly transmit: boolean;
  /** The order id of the entry that it hangs on. */
  readonly parentId?: number;
  readonly oca?: OcaGroup;
}

/** Orders of which one that fills ends the others. */
export interface OcaGroup {
  readonly name: string;
  /** 1 cancels the others, and never routes two at a time; 2 and 3 make them smaller. */
  readonly type: number;
}

/**
 * An order in Interactive Brokers' words, prices and quantities as exact texts (H14).
 * https://ibkrcampus.com/campus/ibkr-api-page/order-types/
 */
export function toIBOrder(terms: OrderTerms, frame: OrderFrame): IBOrderGiven {
  const { side, quantity, price, stopPrice, trail, extendedHours } = terms;
  const { account, orderRef, transmit, parentId, oca } = frame;
  const aux = trail?.by === "amount" ? trail.value : trail === undefined ? stopPrice : null;
  return {
    account,
    orderRef,
    transmit,
    action: side === "buy" ? "BUY" : "SELL",
    totalQuantity: formatFixed(quantity),
    orderType: orderTypeOf(terms),
    ...(price === null ? {} : { lmtPrice: formatFixed(price) }),
    ...(aux === null ? {} : { auxPrice: formatFixed(aux) }),
    ...(trail?.by === "percent" ? { trailingPercent: formatFixed(trail.value) } : {}),
    ...lifeOf(terms),
    outsideRth: extendedHours,
    ...(parentId === undefined ? {} : { parentId }),
    ...(oca === undefined ? {} : { ocaGroup: oca.name, ocaType: oca.type }),
  };
}

function orderTypeOf({ type, timeInForce, trail }: OrderTerms): NonNullable<IBOrderGiven["orderType"]> {
  if (trail !== undefined) return "TRAIL";
  switch (type) {
    case "market":
      return timeInForce === "cls" ? "MOC" : "MKT";
    case "limit":
      return timeInForce === "cls" ? "LOC" : "LMT";
    case "stop":
      return "STP";
    case "stop_limit":
      return "STP LMT";
  }
}

function lifeOf({ timeInForce, expiresAt }: OrderTerms): Pick<IBOrderGiven, "tif" | "goodTillDate"> {
  switch (timeInForce) {
    // An order for the closing names it by its type, and lives for the day.
    case "day":
    case "cls":
      return { tif: "DAY" };
    case "gtc":
      return expiresAt === undefined ? { tif: "GTC" } : { tif: "GTD", goodTillDate: writeInstant(expiresAt) };
    case "ioc":
      return { tif: "IOC" };
    case "fok":
      return { tif: "FOK" };
    case "opg":
      return { tif: "OPG" };
  }
}
