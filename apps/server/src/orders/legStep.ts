import { nextOrderState, type OrderEvent, type VenueOrderId } from "@trenddojo/brokers/domain";
import type { OrderRow } from "@trenddojo/db";
import type { OrderStep } from "./OrderJournal.ts";

/**
 * A group is asked for in one request, and all of it is taken or none: what becomes of the request becomes of the legs.
 * Whatever the broker says of the leader itself proves that it took the group.
 */
const OF_THE_REQUEST: ReadonlyMap<OrderEvent, OrderEvent> = new Map([
  ["lapse", "lapse"],
  ["lose", "lose"],
  ["reject", "reject"],
  ["not_found", "not_found"],
  ["accept", "accept"],
  ["partial_fill", "accept"],
  ["fill", "accept"],
  ["cancel", "accept"],
  ["expire", "accept"],
]);

/**
 * What a leader's step means for a leg, in the same commit; null where it means nothing. A leg that the broker has named
 * has a life of its own, which the broker tells.
 * @param now our clock, epoch milliseconds
 */
export function legStep(step: OrderStep, leg: OrderRow, now: number): OrderStep | null {
  const event = step.isUnsent === true ? step.event : OF_THE_REQUEST.get(step.event);
  if (event === undefined || leg.venueOrderId !== null) return null;
  const to = nextOrderState(leg.state, event);
  if (to === "illegal" || to === leg.state) return null;
  const sentAt = leg.sentAt ?? step.changes?.sentAt;
  const sent = sentAt === undefined ? {} : { sentAt };
  if (event !== "accept") {
    const { reason = null, why = null } = step.changes ?? {};
    const { message, action, userId } = step;
    return { event, message, action, userId, changes: { ...sent, reason, why } };
  }
  const told = step.legs?.find(({ role }) => role === leg.groupRole);
  return {
    event,
    message: takenMessage(leg),
    action: "order.acknowledged",
    userId: null,
    changes: {
      sentAt: now,
      ...sent,
      acknowledgedAt: step.changes?.acknowledgedAt ?? now,
      reason: null,
      why: null,
      ...(told === undefined ? {} : { venueOrderId: told.orderId }),
    },
  };
}

/** What is said of a leg that the broker took. */
export function takenMessage({ isHeld }: Pick<OrderRow, "isHeld">): string {
  return isHeld ? "Held at the broker until its entry is filled" : "Working at the broker";
}

/** What is said of a leg that the broker took with its group, once the broker has named it. */
export function namedMessage(venueOrderId: VenueOrderId): string {
  return `The broker calls it ${venueOrderId}`;
}
