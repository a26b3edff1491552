import type { OrderSide } from "@trenddojo/brokers/domain";
import type { PositionView } from "@trenddojo/server/wire";

/** The order that would close a position whole. */
export function closingOrder(position: PositionView): { readonly side: OrderSide; readonly quantity: string } {
  const short = position.quantity.startsWith("-");
  return { side: short ? "buy" : "sell", quantity: short ? position.quantity.slice(1) : position.quantity };
}
