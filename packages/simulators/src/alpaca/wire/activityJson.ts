import { formatFixed, type Fixed } from "@trenddojo/brokers/domain";
import type { Booking } from "../account/Booking.ts";
import type { FillActivity } from "../account/TradeUpdate.ts";
import { microsText } from "./instant.ts";

/** A fill in `GET /v2/account/activities`. It has no client order id. */
export function fillJson(fill: FillActivity): object {
  return {
    activity_type: "FILL",
    id: fill.id,
    transaction_time: microsText(fill.at),
    type: fill.type,
    price: formatFixed(fill.price),
    qty: formatFixed(fill.qty),
    side: fill.side,
    symbol: fill.symbol,
    leaves_qty: formatFixed(fill.leavesQty),
    order_id: fill.orderId,
    cum_qty: formatFixed(fill.cumQty),
    order_status: fill.orderStatus,
  };
}

/** Any other activity there. What does not concern it is left out. */
export function bookingJson(booking: Booking): object {
  const { subType, symbol, groupId } = booking;
  const decimal = (name: string, value: Fixed | null): object => (value === null ? {} : { [name]: formatFixed(value) });
  return {
    activity_type: booking.type,
    ...(subType === null ? {} : { activity_sub_type: subType }),
    id: booking.id,
    date: booking.date,
    created_at: microsText(booking.createdAt),
    currency: "USD",
    net_amount: formatFixed(booking.netAmount),
    ...(symbol === null ? {} : { symbol }),
    ...decimal("qty", booking.qty),
    ...decimal("per_share_amount", booking.perShare),
    ...(groupId === null ? {} : { group_id: groupId }),
    status: "executed",
  };
}
