import { multiply, parseFixed, type Fixed } from "../domain/decimal.ts";
import type { Order } from "../domain/order.ts";

/** What open purchases hold back, at their own prices, where a broker does not tell it. Exits of a group buy nothing more. */
export function reservedBy(open: readonly Order[]): Fixed {
  return open.reduce((sum, { side, price, stopPrice, quantity, filledQuantity, group }) => {
    const named = price ?? stopPrice;
    if (side !== "buy" || named === null || (group !== undefined && group.role !== "entry")) return sum;
    return sum + multiply(parseFixed(quantity) - parseFixed(filledQuantity), parseFixed(named), "up");
  }, 0n);
}
