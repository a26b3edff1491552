import type { Fixed, Instrument } from "@trenddojo/brokers/domain";
import { TwsRefusal } from "../TwsRefusal.ts";
import type { OrderTicket, TwsOrderType } from "./OrderTicket.ts";
import type { TwsOrder } from "./TwsOrder.ts";

/** Types that turn into each other. */
const CHANGEABLE: ReadonlySet<TwsOrderType> = new Set(["MKT", "LMT", "STP", "STP LMT"]);

/** What the exchange's order becomes; the quantity is the whole one. */
export interface TermsChange {
  readonly quantity?: Fixed;
  readonly price?: Fixed;
  readonly stopPrice?: Fixed;
}

/** Null where nothing changes that the exchange knows of. @throws TwsRefusal for what cannot be changed. */
export function changeOf(order: TwsOrder, next: OrderTicket, instrument: Instrument): TermsChange | null {
  const { ticket } = order;
  if (instrument.symbol !== order.instrument.symbol || next.side !== ticket.side || next.whatIf !== ticket.whatIf) {
    throw new TwsRefusal(105, "Order being modified does not match original order.");
  }
  if (next.parentId !== ticket.parentId) {
    throw new TwsRefusal(10341, "Order modification is rejected: the parent order cannot be changed.");
  }
  if (next.type !== ticket.type && !(CHANGEABLE.has(next.type) && CHANGEABLE.has(ticket.type))) {
    throw new TwsRefusal(329, "Order modify failed. Cannot change to the new order type.");
  }
  const change = {
    ...(next.quantity === ticket.quantity ? {} : { quantity: next.quantity }),
    ...(next.limit === ticket.limit || next.limit === null ? {} : { price: next.limit }),
    ...(next.stop === ticket.stop || next.stop === null ? {} : { stopPrice: next.stop }),
  };
  return Object.keys(change).length === 0 ? null : change;
}

/** The exchange cannot make one of the other. */
export function isSwap(from: OrderTicket, to: OrderTicket): boolean {
  return (
    from.type !== to.type ||
    from.timeInForce !== to.timeInForce ||
    from.expiresAt !== to.expiresAt ||
    from.outsideRth !== to.outsideRth ||
    from.trail?.by !== to.trail?.by ||
    from.trail?.value !== to.trail?.value
  );
}
