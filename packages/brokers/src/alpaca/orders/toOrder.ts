import { divide, money, multiply, price, quantity, type Fixed, type Price } from "../../domain/decimal.ts";
import { clientOrderId, venueOrderId, type ClientOrderId } from "../../domain/ids.ts";
import {
  ORDER_SIDES,
  ORDER_TYPES,
  TIMES_IN_FORCE,
  type GroupRole,
  type Order,
  type OrderStatus,
  type OrderType,
  type Trail,
} from "../../domain/order.ts";
import type { WireLeg } from "../rest/wireOrder.ts";
import type { OrderChain } from "./OrderChain.ts";
import { isEndedStatus, statusOf } from "./wireStatus.ts";

/**
 * An order in the desk's words; null for one that they have no room for: several legs of options, a type or time in
 * force that is not known here. Such an order was placed elsewhere.
 */
export function toOrder(chain: OrderChain): Order | null {
  const { root, head, group, members } = chain;
  const side = ORDER_SIDES.find((each) => each === head.side);
  const type = typeOf(head);
  const timeInForce = TIMES_IN_FORCE.find((each) => each === head.time_in_force);
  if (side === undefined || type === undefined || timeInForce === undefined) return null;
  const before = chain.filledBefore(head) - chain.carriedBy(head);
  const filled = before + head.filled_qty;
  const status = statusOf(head.status, filled > 0n);
  if (status === undefined) return null;
  const trail = trailOf(head);
  return {
    orderId: venueOrderId(root.id),
    clientOrderId: clientIdOf(root),
    symbol: head.symbol,
    side,
    type,
    timeInForce,
    extendedHours: head.extended_hours,
    quantity: quantity(head.qty === null ? filled : before + head.qty),
    filledQuantity: quantity(filled),
    averageFillPrice: filled === 0n ? null : averageOf(chain, filled),
    price: priceOrNull(head.limit_price),
    stopPrice: priceOrNull(head.stop_price),
    status: shownStatus(chain, status, filled),
    reason: reasonOf(chain),
    submittedAt: root.submitted_at ?? root.created_at ?? 0,
    updatedAt: Math.max(...members.map((each) => each.updated_at ?? each.submitted_at ?? 0)),
    ...(trail === null ? {} : { trail }),
    ...(group === null ? {} : { group }),
    ...(head.expires_at === null ? {} : { expiresAt: head.expires_at }),
    ...(head.notional === null ? {} : { notional: money(head.notional) }),
    ...(isHeldBack(chain) ? { isHeld: true as const } : {}),
  };
}

/** The part that a leg plays; undefined where its own kind does not tell. */
export function roleOfLeg(leg: WireLeg): GroupRole | undefined {
  if (leg.type === "limit") return "take_profit";
  return leg.type === "stop" || leg.type === "stop_limit" || leg.type === "trailing_stop" ? "stop_loss" : undefined;
}

function shownStatus(
  { head, isBeingReplaced }: OrderChain,
  status: OrderStatus | "replaced",
  filled: Fixed,
): OrderStatus {
  if (status !== "replaced") return isBeingReplaced && !isEndedStatus(status) ? "pending_replace" : status;
  // The replacement is not known yet: the order works on as something else.
  if (typeof head.replaced_by === "string" && head.replaced_by !== "") return "pending_replace";
  // Alpaca replaces a leg of a group by nothing when the other one fills.
  return filled > 0n ? "partially_filled" : "canceled";
}

/** A stop beside a profit stays "held" at Alpaca once their entry is filled; it is watched all the same. */
function isHeldBack({ head, group, entry }: OrderChain): boolean {
  return head.status === "held" && (group === null || (entry !== null && entry.head.status !== "filled"));
}

function reasonOf({ unknownStatus, head }: OrderChain): string | null {
  if (unknownStatus === null) {
    return head.status === "expired" ? `Alpaca ended it: its time in force, ${head.time_in_force}, is over` : null;
  }
  return `Alpaca calls it "${unknownStatus.slice(0, 40)}", which this version does not know; this is what was known before`;
}

function typeOf({ type }: WireLeg): OrderType | undefined {
  return type === "trailing_stop" ? "stop" : ORDER_TYPES.find((each) => each === type);
}

function trailOf({ type, trail_price: amount, trail_percent: percent }: WireLeg): Trail<string> | null {
  if (type !== "trailing_stop") return null;
  if (amount !== null) return { by: "amount", value: price(amount) };
  return percent === null ? null : { by: "percent", value: price(percent) };
}

/** Of all executions, whichever of Alpaca's orders they belong to. */
function averageOf({ members, head }: OrderChain, filled: Fixed): Price {
  const [only, ...others] = members.filter((each) => each.filled_qty > 0n);
  if (others.length === 0) return price(only?.filled_avg_price ?? head.filled_avg_price ?? 0n);
  const cost = members.reduce(
    (sum, each) => sum + multiply(each.filled_qty, each.filled_avg_price ?? 0n, "half_even"),
    0n,
  );
  return price(divide(cost, members.reduce((sum, each) => sum + each.filled_qty, 0n) || filled, "half_even"));
}

/** An id that the desk cannot hold, of an order placed elsewhere, gives way to Alpaca's own. */
function clientIdOf({ id, client_order_id: given }: WireLeg): ClientOrderId {
  return clientOrderId(/^[\x21-\x7e]{1,48}$/.test(given) ? given : id);
}

const priceOrNull = (value: Fixed | null): Price | null => (value === null ? null : price(value));
