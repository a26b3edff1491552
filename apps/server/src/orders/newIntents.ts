import { draftsOf } from "@trenddojo/brokers";
import { money, price as toPrice, quantity as toQuantity, type Fixed, type OrderId } from "@trenddojo/brokers/domain";
import type { ParsedOrder } from "@trenddojo/brokers/rules";
import type { NewIntent } from "@trenddojo/db";

/** What all orders of one request have in common. */
type Common = Pick<
  NewIntent,
  "userId" | "accountId" | "mode" | "reducesRisk" | "referencePrice" | "validUntil" | "createdAt" | "state" | "reason"
> &
  Required<Pick<NewIntent, "why">>;

export interface Asked {
  readonly order: ParsedOrder;
  readonly common: Common;
  readonly idempotencyKey: string;
  readonly requestHash: string;
  /** Shares, estimated for an order for an amount of money. */
  readonly shares: Fixed;
  readonly newId: () => OrderId;
}

/** The rows that one request makes: the order that was asked for, then the exits that hang on it. */
export function newIntents({
  order,
  common,
  idempotencyKey,
  requestHash,
  shares,
  newId,
}: Asked): readonly [leader: NewIntent, ...legs: NewIntent[]] {
  const [first, ...exits] = draftsOf(order).map(({ order: draft, place, isHeld }) => ({
    ...common,
    ...terms(draft),
    id: newId(),
    orderClass: place?.orderClass ?? null,
    groupRole: place?.role ?? null,
    // What was refused waits for nothing.
    isHeld: isHeld && common.state !== "DENIED",
  }));
  if (first === undefined) throw new Error("a request makes an order");
  const leader = { ...first, quantity: toQuantity(shares), idempotencyKey, requestHash };
  return [leader, ...exits.map((exit) => ({ ...exit, leaderId: leader.id, idempotencyKey: null, requestHash: null }))];
}

function terms({ clientOrderId, symbol, side, type, timeInForce, extendedHours, ...order }: ParsedOrder) {
  return {
    clientOrderId,
    symbol,
    side,
    type,
    timeInForce,
    extendedHours,
    quantity: toQuantity(order.quantity),
    price: order.price === null ? null : toPrice(order.price),
    stopPrice: order.stopPrice === null ? null : toPrice(order.stopPrice),
    trailBy: order.trail?.by ?? null,
    trailValue: order.trail === undefined ? null : toPrice(order.trail.value),
    notional: order.notional === undefined ? null : money(order.notional),
    expiresAt: order.expiresAt ?? null,
  };
}
