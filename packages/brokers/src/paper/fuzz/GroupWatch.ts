import type { Order } from "../../domain/order.ts";
import type { PaperEvent } from "../PaperEvent.ts";
import type { PaperExchange } from "../PaperExchange.ts";
import { exitFaults } from "./exitFaults.ts";

const OPEN: readonly string[] = ["submitted", "partially_filled"];

/**
 * Watches linked groups: nothing of one works on when a member ended, or when the other exit is filled, and exits are for no
 * more than is held.
 */
export class GroupWatch {
  readonly #members = new Map<string, string[]>();

  faultsOf(events: readonly PaperEvent[], exchange: PaperExchange): readonly string[] {
    for (const event of events) {
      if (event.type !== "order_accepted" || event.group === undefined) continue;
      const ids = this.#members.get(event.group.id) ?? [];
      this.#members.set(event.group.id, [...ids, event.orderId]);
    }
    const faults = [...this.#members].flatMap(([id, orderIds]) => {
      const orders = orderIds.flatMap((orderId) => exchange.order(orderId) ?? []);
      const open = orders.filter(({ status }) => OPEN.includes(status));
      if (open.length === 0) this.#members.delete(id);
      return faultsOfGroup(orders, open).map((fault) => `${fault} in group ${id}`);
    });
    return [...faults, ...exitFaults(exchange)];
  }
}

function faultsOfGroup(orders: readonly Order[], open: readonly Order[]): readonly string[] {
  const ended = orders.filter(({ status }) => !OPEN.includes(status) && status !== "filled");
  const exits = orders.filter(({ group }) => group?.role !== "entry");
  const entry = orders.find(({ group }) => group?.role === "entry");
  const isExitFilled = exits.some(({ status }) => status === "filled");
  const isEntryOpen = entry !== undefined && OPEN.includes(entry.status);
  const faults = {
    "an order works on after another ended": open.length > 0 && ended.length > 0,
    "an exit works on after the other filled": isExitFilled && exits.some(({ status }) => OPEN.includes(status)),
    "an exit fills before its entry is whole":
      isEntryOpen && exits.some(({ filledQuantity }) => filledQuantity !== "0"),
  };
  return Object.entries(faults).flatMap(([fault, isSo]) => (isSo ? [fault] : []));
}
