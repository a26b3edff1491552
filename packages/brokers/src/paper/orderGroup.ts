import type { GroupRole, OrderClass, OrderSide } from "../domain/order.ts";

/** An order's place in a linked group (PX110). */
export interface OrderGroup {
  /** The order id of the group's first member. */
  readonly id: string;
  readonly orderClass: OrderClass;
  readonly role: GroupRole;
}

/**
 * The exits of a pair share their shares, which are counted once: with the one whose price is the higher, and so needs more
 * margin (PX71). Where they sell that is the profit, where they buy the stop.
 */
export function sharesShares({ orderClass, role }: OrderGroup, side: OrderSide): boolean {
  if (orderClass === "oto") return false;
  return role === (side === "sell" ? "stop_loss" : "take_profit");
}
