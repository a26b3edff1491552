import { clientOrderId, type TimeInForce } from "@trenddojo/brokers/domain";
import type { ParsedOrder } from "@trenddojo/brokers/rules";
import type { OrderTicket } from "./OrderTicket.ts";

const TIMES: Readonly<Record<OrderTicket["timeInForce"], TimeInForce>> = {
  DAY: "day",
  GTC: "gtc",
  GTD: "gtc",
  IOC: "ioc",
  FOK: "fok",
  OPG: "opg",
};

/** Names an order that is only asked about. */
export const PROBE_LINK = "probe";

/** A ticket as the exchange takes it. @param link names it there, once. */
export function parsedOrderOf(ticket: OrderTicket, symbol: string, link: string): ParsedOrder {
  const { type, limit, stop, trail, side, quantity, outsideRth, expiresAt } = ticket;
  const common = {
    clientOrderId: clientOrderId(link),
    symbol,
    side,
    quantity,
    timeInForce: type === "MOC" || type === "LOC" ? ("cls" as const) : TIMES[ticket.timeInForce],
    extendedHours: outsideRth && type === "LMT",
    ...(expiresAt === null ? {} : { expiresAt }),
  };
  switch (type) {
    case "MKT":
    case "MOC":
    case "MIT":
      return { ...common, type: "market", price: null, stopPrice: null };
    case "LMT":
    case "LOC":
    case "LIT":
    case "TRAIL LIMIT":
      return { ...common, type: "limit", price: limit, stopPrice: null };
    case "STP":
      return { ...common, type: "stop", price: null, stopPrice: stop };
    case "STP LMT":
      return { ...common, type: "stop_limit", price: limit, stopPrice: stop };
    case "TRAIL":
      return { ...common, type: "stop", price: null, stopPrice: null, ...(trail === null ? {} : { trail }) };
  }
}
