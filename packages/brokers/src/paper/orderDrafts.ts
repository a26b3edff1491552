import { clientOrderId, type ClientOrderId } from "../domain/ids.ts";
import type { GroupRole } from "../domain/order.ts";
import type { ParsedOrder } from "../rules/ParsedOrder.ts";
import type { OrderGroup } from "./orderGroup.ts";

/** One of the orders that a request makes. */
export interface OrderDraft {
  readonly order: ParsedOrder;
  /** Its place in the group, but for the group's id, which is its first member's. */
  readonly place: Omit<OrderGroup, "id"> | null;
  /** Works only once the entry is filled. */
  readonly isHeld: boolean;
}

/** Longest client order id, and what an exit's adds to its entry's. */
const LONGEST = 48;
const SUFFIXES = { entry: "", take_profit: "-tp", stop_loss: "-sl" } as const satisfies Record<GroupRole, string>;

/** The client order id of an exit: that of the order it was given with, and its role (PX110). */
export function exitClientOrderId(base: ClientOrderId, role: GroupRole): ClientOrderId {
  const suffix = SUFFIXES[role];
  return clientOrderId(`${base.slice(0, LONGEST - suffix.length)}${suffix}`);
}

/** The orders that a request makes, the one that was asked for first. */
export function draftsOf(order: ParsedOrder): readonly OrderDraft[] {
  if (order.linked === undefined) return [{ order, place: null, isHeld: false }];
  const { linked, ...asked } = order;
  const { orderClass, takeProfit, stopLoss } = linked;
  const isHeld = orderClass !== "oco";
  const exit = {
    symbol: order.symbol,
    side: isHeld ? (order.side === "buy" ? "sell" : "buy") : order.side,
    timeInForce: order.timeInForce,
    extendedHours: false,
    quantity: order.quantity,
    ...(order.expiresAt === undefined ? {} : { expiresAt: order.expiresAt }),
  } as const;
  const drafts: OrderDraft[] = [
    { order: asked, place: { orderClass, role: isHeld ? "entry" : "take_profit" }, isHeld: false },
  ];
  if (takeProfit !== null) {
    drafts.push({
      order: {
        ...exit,
        clientOrderId: exitClientOrderId(order.clientOrderId, "take_profit"),
        type: "limit",
        price: takeProfit.price,
        stopPrice: null,
      },
      place: { orderClass, role: "take_profit" },
      isHeld,
    });
  }
  if (stopLoss !== null) {
    drafts.push({
      order: {
        ...exit,
        clientOrderId: exitClientOrderId(order.clientOrderId, "stop_loss"),
        type: stopLoss.price === undefined ? "stop" : "stop_limit",
        price: stopLoss.price ?? null,
        stopPrice: stopLoss.stopPrice,
      },
      place: { orderClass, role: "stop_loss" },
      isHeld,
    });
  }
  return drafts;
}
