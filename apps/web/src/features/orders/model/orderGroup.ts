import type { GroupRole, OrderClass } from "@trenddojo/brokers/domain";
import type { OrderView } from "@trenddojo/server/wire";

export const ROLE_NAMES = {
  entry: "Entry",
  take_profit: "Take profit",
  stop_loss: "Stop loss",
} as const satisfies Record<GroupRole, string>;

export const CLASS_NAMES = {
  bracket: "Bracket",
  oco: "One cancels the other",
  oto: "Entry with an exit",
} as const satisfies Record<OrderClass, string>;

export const CLASS_RULES = {
  bracket: "The exits work once the entry is filled whole; what one of them fills the other loses.",
  oco: "Both close the same position: what one of them fills the other loses.",
  oto: "The exit works once the entry is filled whole.",
} as const satisfies Record<OrderClass, string>;

const ROLE_ORDER = { entry: 0, take_profit: 1, stop_loss: 2 } as const satisfies Record<GroupRole, number>;

/** Entry, profit, stop; what has no group first. */
export function byRole(a: OrderView, b: OrderView): number {
  return rank(a) - rank(b);
}

const rank = ({ group }: OrderView): number => (group === null ? -1 : ROLE_ORDER[group.role]);

/** Puts the orders of a group beside each other, where the first of them stands in the list; entry, profit, stop. */
export function groupTogether(orders: readonly OrderView[]): readonly OrderView[] {
  const members = new Map<string, OrderView[]>();
  for (const order of orders) {
    if (order.group === null) continue;
    members.set(order.group.leaderId, [...(members.get(order.group.leaderId) ?? []), order]);
  }
  return orders.flatMap((order) => {
    if (order.group === null) return [order];
    const group = members.get(order.group.leaderId) ?? [];
    return group[0] === order ? group.toSorted(byRole) : [];
  });
}

/** What ends with an order when it is canceled, for the end of a sentence; undefined where nothing does. */
export function endsWithCancel({ group, isHeld }: OrderView): string | undefined {
  if (group === null) return undefined;
  const { orderClass, role } = group;
  const exits = orderClass === "bracket" ? "both its exits" : "its exit";
  if (role === "entry") return exits;
  const others = [...(isHeld ? ["its entry"] : []), ...(orderClass === "oto" ? [] : ["the other exit"])];
  return others.length === 0 ? undefined : others.join(" and ");
}
