import { fixedFromTick, type Fixed, type MarketData } from "@trenddojo/brokers/domain";
import type { OrderTicket } from "./OrderTicket.ts";
import type { TwsOrder } from "./TwsOrder.ts";

/** Whether a tick may fill an order that is at the exchange: rather said too often than missed. */
export function couldFill({ ticket, isTriggered, trailStop }: TwsOrder, { bid, ask, last }: MarketData): boolean {
  const seen = [bid, ask, last].flatMap((price) => (price === null ? [] : fixedFromTick(price)));
  const { side, limit, stop } = ticket;
  const trigger = isTriggered ? null : (stop ?? (isTrailing(ticket) ? trailStop : null));
  if (trigger !== null) return seen.some((price) => isBeyond(side, price, trigger));
  return limit === null || seen.some((price) => isBeyond(side === "buy" ? "sell" : "buy", price, limit));
}

const isTrailing = ({ type }: OrderTicket): boolean => type === "TRAIL";

/** As far as a stop of this side goes off, or further. */
const isBeyond = (side: OrderTicket["side"], price: Fixed, at: Fixed): boolean =>
  side === "buy" ? price >= at : price <= at;
