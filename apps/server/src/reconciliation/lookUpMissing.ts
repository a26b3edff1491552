import type { OrderId } from "@trenddojo/brokers/domain";
import type { OrderRow } from "@trenddojo/db";
import { chains } from "../audit/AuditLog.ts";
import { describeOrder } from "../orders/describeOrder.ts";
import { isUnwanted } from "../orders/foundAlive.ts";
import type { OrderJournal, OrderRecorder } from "../orders/OrderJournal.ts";
import { recorderOf, type ReconcileParts } from "./ReconcileParts.ts";
import { refreshOrder } from "./refreshOrder.ts";

/**
 * Asks for each of the orders that the desk believes open and that the broker did not name.
 * @param seen those that it named
 */
export async function lookUpMissing(
  parts: ReconcileParts,
  open: readonly OrderRow[],
  seen: ReadonlySet<OrderId>,
): Promise<void> {
  const { journal, unknown, inFlight, isHeard, cancelFoundAlive } = parts;
  for (const row of open) {
    if (row.state === "INTENT" || seen.has(row.id) || inFlight.has(row.leaderId ?? row.id)) continue;
    // Whether a group was taken is asked of its leader, and answered for all.
    if (row.leaderId !== null && (row.state === "SENDING" || row.state === "UNKNOWN")) continue;
    const found = await refreshOrder(parts, row);
    if (found !== null) {
      if (isUnwanted(found) && found.state !== "PENDING_CANCEL") cancelFoundAlive(found);
      continue;
    }
    const recorder = recorderOf(parts, null);
    if (row.state === "SENDING" || row.state === "UNKNOWN") {
      const lost = row.state === "SENDING" ? await lose(journal, row.id) : row;
      if (parts.sendAgain(row)) continue;
      if (unknown.missed(row, isHeard())) await notPlaced(recorder, row.id);
      else if (lost !== null) await noteMissing(parts, lost, null);
      continue;
    }
    if (row.mode === "mock") await forgetMock(recorder, row.id);
    else await noteMissing(parts, row, vanishedText(row));
  }
}

/** It waits for a person, or for the broker's next word; that an order vanished is told in the audit log too, once. */
async function noteMissing(parts: ReconcileParts, row: OrderRow, vanished: string | null): Promise<void> {
  const { db, audit, account, unknown, finding } = parts;
  const isNews = vanished !== null && unknown.vanished(row.id);
  await db.transaction(async (tx) => {
    await finding?.missing(tx, row, vanished);
    if (!isNews) return;
    await audit.append(tx, {
      chain: chains.account(account.id),
      userId: null,
      action: "order.missing",
      subject: row.id,
      mode: row.mode,
      message: vanished,
      details: { state: row.state, clientOrderId: row.clientOrderId, venueOrderId: row.venueOrderId },
    });
  });
}

function vanishedText(row: OrderRow): string {
  return `${describeOrder(row)} is ${row.state} here, and the broker does not know it`;
}

/** A mock keeps its orders in memory only: after a restart they are gone, and that is no mystery. */
function forgetMock(journal: OrderRecorder, orderId: OrderId): Promise<unknown> {
  const message = "Gone with the mock's memory when the desk was started anew";
  const reason = { code: null, message, params: {} };
  return journal.record(orderId, () => ({
    event: "expire",
    message,
    action: "order.expired",
    userId: null,
    changes: { reason },
  }));
}

function lose(journal: OrderJournal, orderId: OrderId): Promise<OrderRow | null> {
  const message = "The desk stopped while it was being sent. Looking for it at the broker";
  return journal.record(orderId, (row) =>
    row.state === "SENDING"
      ? {
          event: "lose",
          message,
          action: "order.unknown",
          userId: null,
          changes: { reason: { code: "OUTCOME_UNKNOWN", message, params: {} } },
        }
      : null,
  );
}

function notPlaced(journal: OrderRecorder, orderId: OrderId): Promise<unknown> {
  const message = "Never placed: the broker was asked and does not know it";
  return journal.record(orderId, (row) =>
    row.state === "UNKNOWN"
      ? {
          event: "not_found",
          message,
          action: "order.not_placed",
          userId: null,
          changes: { reason: { code: null, message, params: {} } },
        }
      : null,
  );
}
