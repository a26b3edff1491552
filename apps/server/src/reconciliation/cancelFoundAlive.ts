import type { BrokerClient } from "@trenddojo/brokers";
import type { OrderRow } from "@trenddojo/db";
import type { Logger } from "pino";
import type { BrokerCalls } from "../connections/BrokerCalls.ts";
import { isFoundAlive, isUnwanted } from "../orders/foundAlive.ts";
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
 * Asks the broker to cancel an order that is unwanted: see `isUnwanted`. What comes of it the
 * next look tells, and it is asked again for as long as the order works. Never throws for what the broker says.
 */
export async function cancelFoundAlive(parts: CancelParts, { id }: Pick<OrderRow, "id">): Promise<void> {
  const { client, journal, inFlight, calls, log } = parts;
  using _underWay = inFlight.begin(id);
  const row = await journal.record(id, (current) =>
    isUnwanted(current) && current.state !== "PENDING_CANCEL"
      ? {
          event: "request_cancel",
          message: `The desk cancels it, since ${isFoundAlive(current) ? "it was over here" : "that was asked for before it was found"}`,
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
    log.warn({ err, orderId: id }, "an order that is unwanted could not be canceled yet");
  }
}
