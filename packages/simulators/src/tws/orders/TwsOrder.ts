import { divide, multiply, type Fixed, type Instrument } from "@trenddojo/brokers/domain";
import type { PlaceOrder } from "../wire/TwsRequest.ts";
import type { OrderTicket } from "./OrderTicket.ts";

export const TWS_STATUSES = [
  "PendingSubmit",
  "PreSubmitted",
  "Submitted",
  "PendingCancel",
  "Cancelled",
  "ApiCancelled",
  "Filled",
  "Inactive",
] as const;
export type TwsStatus = (typeof TWS_STATUSES)[number];

/** Why the gateway keeps an order back from the exchange. */
export type Hold =
  /** Its parent is not filled. */
  | { readonly kind: "parent" }
  /** Its time has not come, epoch milliseconds. */
  | { readonly kind: "time"; readonly at: number }
  /** MIT, LIT and TRAIL LIMIT: the market has not touched its price. */
  | { readonly kind: "touch" }
  /** The market is closed, or nobody quotes. */
  | { readonly kind: "market" };

/** An order as the gateway has it. The desk changes it in place; what is told of it is a copy. */
export interface TwsOrder {
  readonly account: string;
  readonly clientId: number;
  orderId: number;
  /** 0 until it is transmitted. */
  permId: number;
  readonly instrument: Instrument;
  /** The newest terms as the client wrote them. */
  sent: PlaceOrder;
  ticket: OrderTicket;
  status: TwsStatus;
  isTransmitted: boolean;
  hold: Hold | null;
  /** Of the exchange's order that works for it; null where none does. */
  exchangeId: string | null;
  /** What was filled before the exchange's order was made. */
  filledBefore: Fixed;
  filled: Fixed;
  filledValue: Fixed;
  lastFillPrice: Fixed | null;
  /** A stop went off. */
  isTriggered: boolean;
  /** Where a trailing stop stands. */
  trailStop: Fixed | null;
  /** Changes that are on their way to the exchange. */
  pending: { readonly sent: PlaceOrder; readonly ticket: OrderTicket } | null;
  /** Market time, epoch milliseconds. */
  placedAt: number;
  endedAt: number | null;
  /** "Cancelled by Trader"; "" as long as it works. */
  completedStatus: string;
}

export function isEnded({ endedAt }: Pick<TwsOrder, "endedAt">): boolean {
  return endedAt !== null;
}

export function remaining({ ticket, filled }: Pick<TwsOrder, "ticket" | "filled">): Fixed {
  return ticket.quantity > filled ? ticket.quantity - filled : 0n;
}

/** Zero before the first fill. */
export function averageFill({ filled, filledValue }: Pick<TwsOrder, "filled" | "filledValue">): Fixed {
  return filled === 0n ? 0n : divide(filledValue, filled, "half_even");
}

/** What TWS says an order waits for. */
export function whyHeld(order: Pick<TwsOrder, "ticket" | "hold" | "isTriggered" | "endedAt">): string {
  if (isEnded(order)) return "";
  const isChild = order.hold?.kind === "parent";
  const isStop = order.ticket.stop !== null || order.ticket.trail !== null;
  return [...(isChild ? ["child"] : []), ...(isStop && !order.isTriggered ? ["trigger"] : [])].join(",");
}

export function book(order: TwsOrder, shares: Fixed, price: Fixed): void {
  order.filled += shares;
  order.filledValue += multiply(shares, price, "half_even");
  order.lastFillPrice = price;
}
