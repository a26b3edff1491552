import { formatFixed, type Fixed, type LinkedOrderRequest, type OrderRequest } from "@trenddojo/brokers/domain";
import type { LinkedExits, ParsedOrder } from "@trenddojo/brokers/rules";

/** An order as its broker is asked for it. @throws Error for one that lacks a price of its type */
export function toOrderRequest(order: ParsedOrder): OrderRequest {
  const { symbol, side, timeInForce, extendedHours, clientOrderId, expiresAt, notional, trail, linked } = order;
  const common = {
    symbol,
    side,
    timeInForce,
    extendedHours,
    clientOrderId,
    ...(expiresAt === undefined ? {} : { expiresAt }),
  };
  if (notional !== undefined) return { ...common, type: "market", notional: formatFixed(notional) };
  const base = { ...common, quantity: formatFixed(order.quantity) };
  if (linked !== undefined) return linkedRequest(order, base, linked);
  switch (order.type) {
    case "market":
      return { ...base, type: "market" };
    case "limit":
      return { ...base, type: "limit", price: named(order, order.price) };
    case "stop":
      return trail === undefined
        ? { ...base, type: "stop", stopPrice: named(order, order.stopPrice) }
        : { ...base, type: "stop", trail: { by: trail.by, value: formatFixed(trail.value) } };
    case "stop_limit":
      return {
        ...base,
        type: "stop_limit",
        price: named(order, order.price),
        stopPrice: named(order, order.stopPrice),
      };
  }
}

type Base = Pick<LinkedOrderRequest, "symbol" | "side" | "quantity">;

function linkedRequest(order: ParsedOrder, base: Base, linked: LinkedExits): LinkedOrderRequest {
  const stopLoss = linked.stopLoss === null ? null : stopTerms(linked.stopLoss);
  const takeProfit = linked.takeProfit === null ? null : { price: formatFixed(linked.takeProfit.price) };
  if (linked.orderClass === "oco") {
    const price = named(order, order.price);
    return { ...base, type: "limit", price, orderClass: "oco", stopLoss: given(order, stopLoss) };
  }
  const entry =
    order.type === "market"
      ? ({ ...base, type: "market" } as const)
      : ({ ...base, type: "limit", price: named(order, order.price) } as const);
  if (linked.orderClass === "bracket") {
    return { ...entry, orderClass: "bracket", takeProfit: given(order, takeProfit), stopLoss: given(order, stopLoss) };
  }
  return takeProfit === null
    ? { ...entry, orderClass: "oto", stopLoss: given(order, stopLoss) }
    : { ...entry, orderClass: "oto", takeProfit };
}

function stopTerms({ stopPrice, price }: NonNullable<LinkedExits["stopLoss"]>) {
  return { stopPrice: formatFixed(stopPrice), ...(price === undefined ? {} : { price: formatFixed(price) }) };
}

function named(order: ParsedOrder, price: Fixed | null): string {
  return formatFixed(given(order, price));
}

function given<Value>({ clientOrderId, type }: ParsedOrder, value: Value | null): Value {
  if (value === null) throw new Error(`order ${clientOrderId} is ${type} and lacks a price`);
  return value;
}
