import type { OrderShelf } from "./OrderShelf.ts";
import type { TwsOrder } from "./TwsOrder.ts";

/** The open orders that one order's fill or cancel touches: those of its OCA group, and its parent's other children. */
export function groupOf(order: TwsOrder, shelf: OrderShelf): readonly TwsOrder[] {
  const { parentId, ocaGroup } = order.ticket;
  if (parentId === 0 && ocaGroup === "") return [];
  return shelf.open().filter((other) => {
    if (other === order || other.account !== order.account || !other.isTransmitted) return false;
    const isSibling = parentId !== 0 && other.clientId === order.clientId && other.ticket.parentId === parentId;
    return isSibling || (ocaGroup !== "" && other.ticket.ocaGroup === ocaGroup);
  });
}
