import {
  divide,
  multiply,
  parseFixed,
  price as toPrice,
  quantity as toQuantity,
  isFinalOrderState,
  type Fill,
  type OrderId,
} from "@trenddojo/brokers/domain";
import { fills, type FillRow, type OrderRow } from "@trenddojo/db";
import type { OrderJournal, OrderStep } from "./OrderJournal.ts";
import { priceText } from "./priceText.ts";

/** What a fill is written with besides itself. */
export interface FillContext {
  readonly journal: OrderJournal;
  /** A new id for the stored row. */
  readonly id: string;
  /** Our clock, epoch milliseconds. */
  readonly now: number;
}

/**
 * Books one execution on an order: once, however often the broker repeats it. The filled quantity is the sum of the
 * stored executions, so nothing the broker counts differently can double or lose a share.
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
    };
    return (await fills.insert(tx, stored)) ? fillStep(row, stored) : null;
  });
}

function fillStep(row: OrderRow, fill: FillRow): OrderStep {
  const before = parseFixed(row.filledQuantity);
  const added = parseFixed(fill.quantity);
  const filled = before + added;
  const ordered = parseFixed(row.quantity);
  const paid =
    multiply(before, parseFixed(row.averageFillPrice ?? "0"), "half_even") +
    multiply(added, parseFixed(fill.price), "half_even");
  const isLate = isFinalOrderState(row.state);
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
      averageFillPrice: toPrice(divide(paid, filled, "half_even")),
      // A fill is proof that the order is there, whatever the answer to its placing was.
      ...(row.acknowledgedAt === null ? { acknowledgedAt: fill.recordedAt } : {}),
      ...(filled >= ordered ? { reason: null } : {}),
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
