import type { OrderView } from "@trenddojo/server/wire";
import { groupTogether } from "./orderGroup.ts";
import { newestOf } from "./orderBook.ts";
import type { KnownOrders } from "./orderBook.ts";
import { isOpen } from "./orderStateText.ts";

export type OrderFilter = "open" | "closed" | "all";

export interface OrderPage {
  readonly orders: readonly OrderView[];
  readonly nextCursor: string | null;
  /** The book's count when the page was asked for: what was heard later may be missing from it. */
  readonly askedAt: number;
}

interface OrderList {
  readonly accountId: string;
  readonly filter: OrderFilter;
  readonly pages: readonly OrderPage[];
}

/**
 * A list as it stands now, newest order first and linked orders together, each order once: its pages with every order
 * brought up to date, the orders that were heard of since, and without those that the filter no longer takes. An order
 * of a page that is not loaded stays out.
 */
export function currentOrders({ accountId, filter, pages }: OrderList, known: KnownOrders): readonly OrderView[] {
  const orders = new Map<string, OrderView>();
  for (const page of pages) for (const order of page.orders) orders.set(order.id, newestOf(order, known));
  for (const { order, heardAt } of known.values()) {
    if (order.accountId !== accountId || orders.has(order.id)) continue;
    const page = pages.find((candidate) => reachesBackTo(order, candidate));
    if (page !== undefined && heardAt > page.askedAt) orders.set(order.id, order);
  }
  return groupTogether([...orders.values()].filter((order) => fits(order, filter)).toSorted(byNewest));
}

function fits(order: OrderView, filter: OrderFilter): boolean {
  return filter === "all" || (filter === "open") === isOpen(order);
}

function reachesBackTo(order: OrderView, { orders, nextCursor }: OrderPage): boolean {
  return nextCursor === null || (orders.at(-1)?.createdAt ?? "") <= order.createdAt;
}

/** Instants are of one shape, so they sort as text; orders of one instant by their id, as the desk lists them. */
function byNewest(a: OrderView, b: OrderView): number {
  const [left, right] = a.createdAt === b.createdAt ? [a.id, b.id] : [a.createdAt, b.createdAt];
  return left < right ? 1 : left > right ? -1 : 0;
}
