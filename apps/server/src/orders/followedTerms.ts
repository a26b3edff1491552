import { isFinalOrderState, price as toPrice, type Order, type Price, type Reason } from "@trenddojo/brokers/domain";
import type { OrderChanges, OrderRow } from "@trenddojo/db";
import { takenMessage } from "./legStep.ts";
import { priceText } from "./priceText.ts";

/** Terms that the broker and the market set, each where it differs from what is stored. They are taken over as they come. */
export type FollowedTerms = Pick<OrderChanges, "stopPrice" | "trailValue" | "expiresAt" | "isHeld" | "triggeredBy">;

/** What an open order's snapshot says of them; of an order that is over, no more than what had set it off. */
export function followedTerms(row: OrderRow, order: Order): FollowedTerms {
  const triggered = isTriggerNews(row, order) ? { triggeredBy: order.triggeredBy } : {};
  if (isFinalOrderState(row.state)) return triggered;
  const isHeld = order.isHeld ?? false;
  const expiresAt = row.timeInForce === "gtc" ? (order.expiresAt ?? null) : null;
  const { trail, stopPrice } = order;
  return {
    ...triggered,
    ...(row.orderClass !== null && isHeld !== row.isHeld ? { isHeld } : {}),
    ...(expiresAt === row.expiresAt ? {} : { expiresAt }),
    ...(row.trailBy !== null && stopPrice !== null && stopPrice !== row.stopPrice ? { stopPrice } : {}),
    ...(row.trailBy !== null && trail !== undefined && toPrice(trail.value) !== row.trailValue
      ? { trailValue: toPrice(trail.value) }
      : {}),
  };
}

/** The snapshot tells what set the stop off, which is not stored yet. */
export function isTriggerNews(row: OrderRow, order: Order): order is Order & { readonly triggeredBy: Reason } {
  return order.triggeredBy !== undefined && row.triggeredBy === null;
}

/** Nothing but where a trailing stop stands: the market does that many times a minute, and it is no deed. */
export function isTrailingMove(terms: FollowedTerms): boolean {
  return Object.keys(terms).every((name) => name === "stopPrice") && terms.stopPrice !== undefined;
}

/** What changed, in words; null where nothing did but that a stop went off, which `triggeredMessage` tells. */
export function followedMessage(row: OrderRow, terms: FollowedTerms): string | null {
  if (terms.isHeld === false) return "Works from now on: its entry is filled";
  if (terms.isHeld === true) return takenMessage({ isHeld: true });
  if (terms.stopPrice !== undefined && terms.stopPrice !== null) return trailsMessage(terms.stopPrice);
  if (terms.trailValue !== undefined && terms.trailValue !== null) {
    return `Trails by ${row.trailBy === "percent" ? `${terms.trailValue} %` : priceText(terms.trailValue)}`;
  }
  const { expiresAt } = terms;
  if (expiresAt === undefined) return null;
  return expiresAt === null ? "Has no end any more" : `Ends at ${new Date(expiresAt).toISOString()}`;
}

export function trailsMessage(stopPrice: Price): string {
  return `The stop trails at ${priceText(stopPrice)}`;
}

/** "Triggered: The print 180.80 is at or below the stop 180.81" */
export function triggeredMessage({ text }: Reason): string {
  return `Triggered: ${text.replace(/\.$/, "")}`;
}
