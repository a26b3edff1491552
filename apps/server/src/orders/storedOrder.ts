import { parseFixed, type Fixed, type OrderClass } from "@trenddojo/brokers/domain";
import type { LinkedExits, ParsedOrder } from "@trenddojo/brokers/rules";
import type { OrderRow } from "@trenddojo/db";

/**
 * A stored order as it was asked for: a trailing stop without where it stands, an amount of money without the shares that
 * it makes, the leader of a group with the exits that its legs are; alone where `legs` is left out.
 * @throws Error for a group that lacks a leg or a price: it must not go out as something else
 */
export function storedOrder(row: OrderRow, legs?: readonly OrderRow[]): ParsedOrder {
  const { clientOrderId, symbol, side, type, timeInForce, extendedHours, trailBy, trailValue } = row;
  const linked = linkedExits(row, legs);
  return {
    clientOrderId,
    symbol,
    side,
    type,
    timeInForce,
    extendedHours,
    quantity: row.notional === null ? parseFixed(row.quantity) : 0n,
    price: fixedOrNull(row.price),
    stopPrice: trailBy === null ? fixedOrNull(row.stopPrice) : null,
    ...(trailBy === null || trailValue === null ? {} : { trail: { by: trailBy, value: parseFixed(trailValue) } }),
    ...(row.notional === null ? {} : { notional: parseFixed(row.notional) }),
    ...(row.expiresAt === null ? {} : { expiresAt: row.expiresAt }),
    ...(linked === undefined ? {} : { linked }),
  };
}

/** The orders that are stored beside the first of a group. */
const LEGS = { bracket: 2, oco: 1, oto: 1 } as const satisfies Record<OrderClass, number>;

function linkedExits({ id, orderClass }: OrderRow, legs: readonly OrderRow[] | undefined): LinkedExits | undefined {
  if (orderClass === null || legs === undefined) return undefined;
  const lacks = LEGS[orderClass] - legs.length;
  if (lacks > 0) throw new Error(`order ${id} is the first of a group (${orderClass}) and lacks ${lacks} of its legs`);
  const profit = legs.find(({ groupRole }) => groupRole === "take_profit");
  const stop = legs.find(({ groupRole }) => groupRole === "stop_loss");
  return {
    orderClass,
    takeProfit: profit === undefined ? null : { price: priceOf(profit, profit.price) },
    stopLoss:
      stop === undefined
        ? null
        : {
            stopPrice: priceOf(stop, stop.stopPrice),
            ...(stop.price === null ? {} : { price: parseFixed(stop.price) }),
          },
  };
}

function priceOf(row: OrderRow, price: string | null): Fixed {
  if (price === null) throw new Error(`order ${row.id} is ${row.type} and lacks a price`);
  return parseFixed(price);
}

function fixedOrNull(price: string | null): Fixed | null {
  return price === null ? null : parseFixed(price);
}
