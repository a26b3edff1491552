import type { Clock } from "@trenddojo/brokers/domain";
import { orders, type OrderRow } from "@trenddojo/db";
import type { OrderJournal } from "./OrderJournal.ts";

interface Books {
  readonly journal: OrderJournal;
  readonly clock: Clock;
}

/**
 * Ends the time of an order that is lost or on its way, under its lock: after this it cannot be claimed for another send,
 * and a group neither. What was written to the wire stays what it is.
 */
export async function sendNoMore(
  { journal, clock }: Books,
  { id, leaderId }: Pick<OrderRow, "id" | "leaderId">,
): Promise<void> {
  await journal.record(leaderId ?? id, async ({ id: orderId, state, validUntil }, tx) => {
    const now = clock.now();
    if ((state !== "SENDING" && state !== "UNKNOWN") || validUntil <= now) return null;
    await orders.applyTransition(tx, { orderId, from: state, to: state, now, changes: { validUntil: now } });
    return null;
  });
}
