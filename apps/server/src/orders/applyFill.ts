import {
  max,
  parseFixed,
  quantity as toQuantity,
  isFinalOrderState,
  type Fill,
  type OrderId,
} from "@trenddojo/brokers/domain";
import { fills, type FillRow, type FillTotals, type OrderRow } from "@trenddojo/db";
import type { OrderRecorder, OrderStep } from "./OrderJournal.ts";
import { priceText } from "./priceText.ts";

/** What a fill is written with besides itself. */
export interface FillContext {
  readonly journal: OrderRecorder;
  /** A new id for the stored row. */
  readonly id: string;
  /** Our clock, epoch milliseconds. */
  readonly now: number;
}

/**
 * Books one execution on an order: once, however often the broker repeats it. The filled quantity is the sum of the
 * stored executions or, where the broker has counted more, its total: nothing can be added twice or lost.
 * @returns the order as it stands; null where there is none.
 */
export function applyFill(orderId: OrderId, fill: Fill, { journal, id, now }: FillContext): Promise<OrderRow | null> {
  return journal.record(orderId, async (row, tx) => {
    const stored: FillRow = {
      id,
      userId: row.userId,
      accountId: row.accountId,
      mode: row.mode,
      orderId: row.id,
      executionId: fill.executionId,
      symbol: fill.symbol,
      side: fill.side,
      quantity: fill.quantity,
      price: fill.price,
      fees: fill.fees,
      filledAt: fill.filledAt,
      recordedAt: now,
      reason: fill.reason,
      why: fill.why ?? null,
    };
    return (await fills.insert(tx, stored)) ? fillStep(row, stored, await fills.totals(tx, row.id)) : null;
  });
}

function fillStep(row: OrderRow, fill: FillRow, totals: FillTotals): OrderStep {
  const before = parseFixed(row.filledQuantity);
  const known = parseFixed(totals.quantity);
  const filled = max(before, known);
  const ordered = parseFixed(row.quantity);
  const isLate = isFinalOrderState(row.state) && filled > before;
  const isOver = filled > ordered;
  return {
    event: filled >= ordered ? "fill" : "partial_fill",
    type: "fill",
    message: `Filled ${toQuantity(filled)} of ${row.quantity} at ${priceText(fill.price)}${isLate ? `, after it was ${row.state}` : ""}`,
    action: isOver ? "order.overfilled" : isLate ? "order.filled_late" : "order.filled",
    userId: null,
    fill,
    changes: {
      filledQuantity: toQuantity(filled),
      // While executions are missing, the broker's average is the one that covers them.
      ...(known < filled ? {} : { averageFillPrice: totals.averagePrice }),
      // A fill is proof that the order is there, whatever the answer to its placing was.
      ...(row.acknowledgedAt === null ? { acknowledgedAt: fill.recordedAt } : {}),
      ...(filled >= ordered ? { reason: null, why: fill.why } : {}),
      ...(row.state === "UNKNOWN" ? { reason: null } : {}),
    },
    details: {
      executionId: fill.executionId,
      quantity: fill.quantity,
      price: fill.price,
      fees: fill.fees,
      reason: fill.reason,
    },
  };
}
