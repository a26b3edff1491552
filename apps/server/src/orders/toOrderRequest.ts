import type { OrderRequest } from "@trenddojo/brokers/domain";
import type { OrderRow } from "@trenddojo/db";

/** A stored order as its broker is asked for it. @throws Error for a row that lacks a price of its type. */
export function toOrderRequest(row: OrderRow): OrderRequest {
  const { symbol, side, quantity, timeInForce, extendedHours, clientOrderId } = row;
  const base = { symbol, side, quantity, timeInForce, extendedHours, clientOrderId };
  switch (row.type) {
    case "market":
      return { ...base, type: "market" };
    case "limit":
      return { ...base, type: "limit", price: stored(row, row.price) };
    case "stop":
      return { ...base, type: "stop", stopPrice: stored(row, row.stopPrice) };
    case "stop_limit":
      return { ...base, type: "stop_limit", price: stored(row, row.price), stopPrice: stored(row, row.stopPrice) };
  }
}

function stored(row: OrderRow, price: string | null): string {
  if (price === null) throw new Error(`order ${row.id} is ${row.type} and lacks a price`);
  return price;
}
