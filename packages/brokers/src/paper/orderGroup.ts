import type { GroupRole, OrderClass } from "../domain/order.ts";

/** An order's place in a linked group (PX110). */
export interface OrderGroup {
  /** The order id of the group's first member. */
  readonly id: string;
  readonly orderClass: OrderClass;
  readonly role: GroupRole;
}

/** The stop of a pair of exits shares its shares with the profit: they are counted once, with the profit. */
export function sharesShares(group: OrderGroup | null): boolean {
  return group !== null && group.role === "stop_loss" && group.orderClass !== "oto";
}
