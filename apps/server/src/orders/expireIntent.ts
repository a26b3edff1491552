import type { OrderId, UserId } from "@trenddojo/brokers/domain";
import type { OrderRow } from "@trenddojo/db";
import type { DeskErrorCode } from "../wire/errors.ts";
import type { OrderJournal } from "./OrderJournal.ts";

/** An intent that was not sent in time is never sent: a market order must not fire an hour after it was meant. */
export function expireIntent(journal: OrderJournal, orderId: OrderId, now: number): Promise<OrderRow | null> {
  const message = "Not sent: its broker was not reached in time";
  return journal.record(orderId, (row) =>
    row.state === "INTENT" && row.validUntil <= now ? lapse(message, null) : null,
  );
}

/** An intent of real money that was disarmed before it was claimed is never sent: arming again is no order. */
export function lapseDisarmed(journal: OrderJournal, orderId: OrderId): Promise<OrderRow | null> {
  const message = "Not sent: live trading was disarmed";
  return journal.record(orderId, (row) => (row.state === "INTENT" ? lapse(message, null, "LIVE_NOT_ARMED") : null));
}

/**
 * Takes an intent back before it is claimed, a leg with its whole group. Nothing happens where the owner was quicker.
 * @returns the order that was sent or taken back: the leader of a group
 */
export function withdrawIntent(
  journal: OrderJournal,
  { id, leaderId }: Pick<OrderRow, "id" | "leaderId">,
  userId: UserId,
): Promise<OrderRow | null> {
  return journal.record(leaderId ?? id, (row) =>
    row.state === "INTENT" ? lapse("Canceled before it was sent", userId) : null,
  );
}

function lapse(message: string, userId: UserId | null, code: DeskErrorCode | null = null) {
  return {
    event: "lapse",
    message,
    action: userId === null ? "order.expired_unsent" : "order.withdrawn",
    userId,
    changes: { reason: { code, message, params: {} } },
  } as const;
}
