import type { Fixed, Random } from "@trenddojo/brokers/domain";
import { ulid, uuid } from "../wire/ids.ts";
import { millisOf, newYorkDigits, type Nanos } from "../wire/instant.ts";
import { orderJson } from "../wire/orderJson.ts";
import { remainingQty, type VendorOrder } from "./VendorOrder.ts";

export const TRADE_UPDATE_EVENTS = [
  "accepted",
  "pending_new",
  "new",
  "partial_fill",
  "fill",
  "canceled",
  "expired",
  "replaced",
  "rejected",
  "pending_cancel",
  "pending_replace",
  "order_cancel_rejected",
  "order_replace_rejected",
] as const;
export type TradeUpdateEvent = (typeof TRADE_UPDATE_EVENTS)[number];

/** One execution of an order. */
export interface Execution {
  readonly price: Fixed;
  readonly qty: Fixed;
  /** Shares held after it, negative when short. */
  readonly positionQty: Fixed;
}

/** What the trading stream is to say; `order` is the order as it was then, in the vendor's form. */
export interface TradeUpdate {
  readonly event: TradeUpdateEvent;
  readonly orderId: string;
  readonly clientOrderId: string;
  readonly order: object;
  readonly at: Nanos;
  readonly executionId: string;
  readonly eventId: string;
  readonly execution: Execution | null;
}

/** A fill as the account's activities list it. */
export interface FillActivity {
  readonly id: string;
  readonly at: Nanos;
  readonly orderId: string;
  readonly symbol: string;
  readonly side: "buy" | "sell";
  readonly type: "fill" | "partial_fill";
  readonly price: Fixed;
  readonly qty: Fixed;
  readonly leavesQty: Fixed;
  readonly cumQty: Fixed;
  readonly orderStatus: string;
}

interface Telling {
  readonly order: VendorOrder;
  readonly legs: readonly VendorOrder[];
  readonly event: TradeUpdateEvent;
  readonly execution: Execution | null;
}

/** An update about an order as it is now, at the moment of its last change. */
export function tradeUpdateOf({ order, legs, event, execution }: Telling, random: Random): TradeUpdate {
  const at = order.updatedAt;
  const eventId = ulid(millisOf(at), random);
  const { id: orderId, clientOrderId } = order;
  const told = orderJson(order, legs);
  return { event, orderId, clientOrderId, order: told, at, executionId: uuid(random), eventId, execution };
}

/** The activity of an order's last fill. */
export function fillActivityOf(
  order: VendorOrder,
  fill: Pick<FillActivity, "type" | "price" | "qty">,
  random: Random,
): FillActivity {
  return {
    ...fill,
    id: `${newYorkDigits(order.updatedAt)}::${uuid(random)}`,
    at: order.updatedAt,
    orderId: order.id,
    symbol: order.symbol,
    side: order.side,
    leavesQty: fill.type === "fill" ? 0n : remainingQty(order),
    cumQty: order.filledQty,
    orderStatus: order.status,
  };
}
