import type { OrderId } from "@trenddojo/brokers/domain";
import type { OrderRow } from "@trenddojo/db";
import { followedTerms, trailsMessage } from "./followedTerms.ts";
import type { OrderJournal } from "./OrderJournal.ts";
import type { TrailingMove } from "./TrailingMoves.ts";

/**
 * Takes over where a trailing stop stands, and nothing else, from a move that was kept for a while: not where the stop
 * was told anew meanwhile, by a reconciliation say, for then the move is the older of the two.
 * @returns the order as it stands; null where there is none.
 */
export function applyTrailingMove(
  journal: OrderJournal,
  orderId: OrderId,
  { order, from }: TrailingMove,
): Promise<OrderRow | null> {
  return journal.record(orderId, (row) => {
    const { stopPrice } = followedTerms(row, order);
    if (stopPrice === undefined || stopPrice === null || row.stopPrice !== from) return null;
    const message = trailsMessage(stopPrice);
    return { event: "accept", message, action: null, userId: null, changes: { stopPrice } };
  });
}
