import type { Clock, OrderId, OrderResponse } from "@trenddojo/brokers/domain";
import { orders, type Db, type OrderRow } from "@trenddojo/db";
import { namedMessage, takenMessage } from "./legStep.ts";
import type { OrderJournal, OrderStep } from "./OrderJournal.ts";

/** What the broker's answer to a request means for the order; null where an update was quicker. */
export function takenStep(
  row: OrderRow,
  response: OrderResponse,
  { sentAt, now }: { readonly sentAt: number; readonly now: number },
): OrderStep | null {
  if (row.venueOrderId !== null && row.state !== "SENDING" && row.state !== "UNKNOWN") return null;
  return {
    event: "accept",
    message: "Working at the broker",
    action: "order.acknowledged",
    userId: null,
    changes: {
      venueOrderId: response.orderId,
      sentAt,
      acknowledgedAt: now,
      reason: null,
      // What the dollars make is the broker's to say.
      ...(row.notional === null ? {} : { quantity: response.quantity }),
    },
    ...(response.legs === undefined ? {} : { legs: response.legs }),
  };
}

/** Books what the broker calls the legs that no update has named yet. */
export async function nameLegs(
  { db, journal, clock }: { readonly db: Db; readonly journal: OrderJournal; readonly clock: Clock },
  leaderId: OrderId,
  { legs = [] }: OrderResponse,
): Promise<void> {
  for (const { role, orderId } of legs) {
    const leg = await orders.findLeg(db, leaderId, role);
    if (leg === null || leg.venueOrderId !== null) continue;
    const now = clock.now();
    await journal.record(leg.id, (row) =>
      row.venueOrderId !== null
        ? null
        : {
            event: "accept",
            type: row.acknowledgedAt === null ? "state" : "note",
            message: row.acknowledgedAt === null ? takenMessage(row) : namedMessage(orderId),
            action: "order.acknowledged",
            userId: null,
            changes: { venueOrderId: orderId, acknowledgedAt: row.acknowledgedAt ?? now },
          },
    );
  }
}
