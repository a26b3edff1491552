import type { FillRow, OrderRow } from "@trenddojo/db";
import { DeskErrorCode } from "../wire/errors.ts";
import { isoInstant, isoInstantOrNull } from "../wire/encode.ts";
import type { FillView, OrderView } from "../wire/orders.ts";

/** An order as the wire shows it. */
export function orderView(row: OrderRow): OrderView {
  return {
    id: row.id,
    revision: row.revision,
    accountId: row.accountId,
    mode: row.mode,
    clientOrderId: row.clientOrderId,
    venueOrderId: row.venueOrderId,
    symbol: row.symbol,
    side: row.side,
    type: row.type,
    timeInForce: row.timeInForce,
    extendedHours: row.extendedHours,
    quantity: row.quantity,
    filledQuantity: row.filledQuantity,
    averageFillPrice: row.averageFillPrice,
    price: row.price,
    stopPrice: row.stopPrice,
    trail: row.trailBy === null || row.trailValue === null ? null : { by: row.trailBy, value: row.trailValue },
    notional: row.notional,
    expiresAt: isoInstantOrNull(row.expiresAt),
    group:
      row.orderClass === null || row.groupRole === null
        ? null
        : { leaderId: row.leaderId ?? row.id, orderClass: row.orderClass, role: row.groupRole },
    isHeld: row.isHeld,
    state: row.state,
    reason:
      row.reason === null
        ? null
        : { code: codeOf(row.reason.code), message: row.reason.message, params: row.reason.params },
    createdAt: isoInstant(row.createdAt),
    sentAt: isoInstantOrNull(row.sentAt),
    acknowledgedAt: isoInstantOrNull(row.acknowledgedAt),
    updatedAt: isoInstant(row.updatedAt),
  };
}

/** An execution as the wire shows it. */
export function fillView(row: FillRow): FillView {
  return {
    id: row.id,
    executionId: row.executionId,
    orderId: row.orderId,
    accountId: row.accountId,
    symbol: row.symbol,
    side: row.side,
    quantity: row.quantity,
    price: row.price,
    fees: row.fees,
    filledAt: isoInstant(row.filledAt),
    reason: row.reason,
    why: row.why,
  };
}

/** A stored code that this version does not know is shown as none: its sentence still says what happened. */
export function codeOf(code: string | null): DeskErrorCode | null {
  return code !== null && isDeskErrorCode(code) ? code : null;
}

function isDeskErrorCode(code: string): code is DeskErrorCode {
  return Object.hasOwn(DeskErrorCode, code);
}
