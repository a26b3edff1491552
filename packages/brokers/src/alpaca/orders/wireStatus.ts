import type { OrderStatus } from "../../domain/order.ts";

/**
 * Alpaca's states of an order, https://docs.alpaca.markets/docs/orders-at-alpaca. `working` is `submitted` or, once
 * something of it is filled, `partially_filled`. `done_for_day` and `calculated` work on the next day, or end with a
 * word of their own; `replaced` goes on as another order.
 */
const STATUSES: ReadonlyMap<string, OrderStatus | "working" | "replaced"> = new Map([
  ["new", "working"],
  ["accepted", "working"],
  ["pending_new", "working"],
  ["accepted_for_bidding", "working"],
  ["held", "working"],
  ["stopped", "working"],
  ["suspended", "working"],
  ["calculated", "working"],
  ["done_for_day", "working"],
  ["partially_filled", "working"],
  ["pending_cancel", "pending_cancel"],
  ["pending_replace", "pending_replace"],
  ["replaced", "replaced"],
  ["filled", "filled"],
  ["canceled", "canceled"],
  ["expired", "expired"],
  ["rejected", "rejected"],
]);

const ENDED = ["filled", "canceled", "expired", "rejected", "replaced"];

/** Whether it is one of the states that Alpaca documents; any other is never guessed at. */
export function isKnownStatus(status: string): boolean {
  return STATUSES.has(status);
}

/** Whether Alpaca changes an order no more once it is in this state. */
export function isEndedStatus(status: string): boolean {
  return ENDED.includes(status);
}

/** Undefined for a state that is not known here. */
export function statusOf(status: string, hasFills: boolean): OrderStatus | "replaced" | undefined {
  const found = STATUSES.get(status);
  if (found !== "working") return found;
  return hasFills ? "partially_filled" : "submitted";
}
