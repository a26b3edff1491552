import { unsentReason, type BrokerError } from "@trenddojo/brokers";
import type { OrderStep } from "./OrderJournal.ts";
import { whyRefused } from "./whyEnded.ts";

/**
 * What a refusal makes of an order that was sent once: rejected by the broker, taken back by its cancel, or never sent,
 * which its broker did not hear of.
 * @param sentAt when it was given to the client, epoch milliseconds
 */
export function refusedStep(error: BrokerError, sentAt: number): OrderStep {
  const unsent = unsentReason(error);
  if (unsent === "withdrawn") {
    const message = "Canceled before it was sent";
    const changes = { reason: { code: null, message, params: {} } };
    return { event: "cancel", message, action: "order.withdrawn", userId: null, isUnsent: true, changes };
  }
  const { code, message, details } = error;
  const changes = { reason: { code, message, params: details }, why: whyRefused(error) };
  if (unsent !== null) {
    const told = `Not sent: ${message}`;
    return { event: "reject", message: told, action: "order.not_sent", userId: null, isUnsent: true, changes };
  }
  return {
    event: "reject",
    message: `Rejected by the broker: ${message}`,
    action: "order.rejected",
    userId: null,
    changes: { ...changes, sentAt },
  };
}
