import type { BrokerClient } from "@trenddojo/brokers";
import type { OrderRow } from "@trenddojo/db";
import type { Logger } from "pino";
import type { BrokerCalls } from "../connections/BrokerCalls.ts";
import { isFoundAlive } from "../orders/foundAlive.ts";
import type { InFlight } from "../orders/InFlight.ts";
import type { OrderJournal } from "../orders/OrderJournal.ts";

/** A cancel is of unknown outcome after this. */
const CANCEL_MS = 10_000;

interface CancelParts {
  readonly client: Pick<BrokerClient, "cancelOrder">;
  readonly journal: OrderJournal;
  readonly inFlight: InFlight;
  readonly calls: BrokerCalls;
  readonly log: Logger;
}

/**
 * Asks the broker to cancel an order that was taken for never placed: nobody counts on it any more. What comes of it the
 * next look tells, and it is asked again for as long as the order works. Never throws for what the broker says.
 */
export async function cancelFoundAlive(parts: CancelParts, { id }: Pick<OrderRow, "id">): Promise<void> {
  const { client, journal, inFlight, calls, log } = parts;
  using _underWay = inFlight.begin(id);
  const row = await journal.record(id, (current) =>
    isFoundAlive(current) && current.state !== "PENDING_CANCEL"
      ? {
          event: "request_cancel",
          message: "The desk cancels it, since it was taken for never placed",
          action: "order.cancel_requested",
          userId: null,
        }
      : null,
  );
  const venueOrderId = row?.state === "PENDING_CANCEL" ? row.venueOrderId : null;
  if (venueOrderId === null) return;
  try {
    await calls.act(CANCEL_MS, (options) => client.cancelOrder(venueOrderId, options));
  } catch (err) {
    log.warn({ err, orderId: id }, "an order that was taken for never placed could not be canceled yet");
  }
}
