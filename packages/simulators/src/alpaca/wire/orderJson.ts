import { divide, formatFixed, type Fixed } from "@trenddojo/brokers/domain";
import type { VendorOrder } from "../account/VendorOrder.ts";
import { assetId } from "./ids.ts";
import { instantText, nanosOf, type Nanos } from "./instant.ts";

const decimal = (value: Fixed | null): string | null => (value === null ? null : formatFixed(value));
const instant = (at: Nanos | null): string | null => (at === null ? null : instantText(at));

/** An order as the vendor's REST answers and its trading stream have it; `legs` where they are to be shown. */
export function orderJson(order: VendorOrder, legs: readonly VendorOrder[] | null = null): object {
  const { trail } = order;
  return {
    id: order.id,
    client_order_id: order.clientOrderId,
    created_at: instantText(order.createdAt),
    updated_at: instantText(order.updatedAt),
    submitted_at: instantText(order.createdAt),
    filled_at: instant(order.filledAt),
    expired_at: instant(order.expiredAt),
    expires_at: instantText(nanosOf(order.expiresAt)),
    canceled_at: instant(order.canceledAt),
    failed_at: instant(order.failedAt),
    replaced_at: instant(order.replacedAt),
    replaced_by: order.replacedBy,
    replaces: order.replaces,
    asset_id: assetId(order.symbol),
    symbol: order.symbol,
    asset_class: "us_equity",
    notional: decimal(order.notional),
    qty: decimal(order.qty),
    filled_qty: formatFixed(order.filledQty),
    filled_avg_price: order.filledQty === 0n ? null : averageText(order),
    order_class: order.orderClass === "simple" ? "" : order.orderClass,
    order_type: order.type,
    type: order.type,
    side: order.side,
    time_in_force: order.timeInForce,
    limit_price: decimal(order.limitPrice),
    stop_price: decimal(order.stopPrice),
    status: order.status,
    extended_hours: order.extendedHours,
    legs: legs === null || legs.length === 0 ? null : legs.map((leg) => orderJson(leg)),
    trail_percent: trail?.by === "percent" ? formatFixed(trail.value) : null,
    trail_price: trail?.by === "amount" ? formatFixed(trail.value) : null,
    hwm: decimal(order.highWaterMark),
    position_intent: order.positionIntent,
    source: null,
    subtag: null,
  };
}

/** The answer to the request that made an order: as it was taken, whatever has become of it since. */
export function takenOrderJson(order: VendorOrder, legs: readonly VendorOrder[] | null = null): object {
  const asTaken = (each: VendorOrder): VendorOrder => ({
    ...each,
    status: each.takenAs,
    updatedAt: each.createdAt,
    filledQty: 0n,
    filledValue: 0n,
    filledAt: null,
    canceledAt: null,
    expiredAt: null,
    replacedAt: null,
    failedAt: null,
    replacedBy: null,
  });
  return orderJson(asTaken(order), legs?.map(asTaken) ?? null);
}

function averageText({ filledValue, filledQty }: VendorOrder): string {
  return formatFixed(divide(filledValue, filledQty, "half_even"));
}
