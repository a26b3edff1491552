import type { ExposedOrder } from "./RiskInput.ts";

/**
 * The orders that may still move a position, each share once: an exit that is held does nothing until its entry is filled,
 * and it closes what that opens; of two exits that work, one that fills ends the other, so the profit stands for both.
 */
export function countedOrders<Each extends ExposedOrder>(open: readonly Each[]): readonly Each[] {
  const profits = new Set(open.flatMap((order) => (isWorking(order, "take_profit") ? order.groupId : [])));
  return open.filter((order) => {
    if (order.isHeld === true) return false;
    return !(isWorking(order, "stop_loss") && profits.has(order.groupId));
  });
}

function isWorking(
  order: ExposedOrder,
  role: "take_profit" | "stop_loss",
): order is ExposedOrder & { readonly groupId: string } {
  return order.isHeld !== true && order.role === role && typeof order.groupId === "string";
}
