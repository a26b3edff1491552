import type { OrderView } from "@trenddojo/server/wire";
import { createStore } from "../../../lib/createStore.ts";
import type { Store } from "../../../lib/createStore.ts";

/** The newest that is known of an order, and the book's count when it came in. */
export interface KnownOrder {
  readonly order: OrderView;
  readonly heardAt: number;
}

export type KnownOrders = ReadonlyMap<string, KnownOrder>;

/** The newest version of each order that any answer, list or event has told of, by the order's id. */
export interface OrderBook {
  readonly known: Store<KnownOrders>;
  /** Grows whenever there is news: what is heard after a question has a higher count than it had when it was asked. */
  count(): number;
  /** Takes what was told, from wherever; what is no news is left out. */
  take(orders: readonly OrderView[]): void;
}

/**
 * Answers, lists and events come over several connections and overtake each other. All of them go through one book, so
 * that nothing older is ever shown again, also of an order that has left the list.
 */
export function createOrderBook(): OrderBook {
  const known = createStore<KnownOrders>(new Map());
  let count = 0;
  return {
    known,
    count: () => count,
    take(orders) {
      const news = orders.filter((order) => isNewer(order, known.get().get(order.id)?.order));
      if (news.length === 0) return;
      count += 1;
      known.set(new Map([...known.get(), ...news.map((order) => [order.id, { order, heardAt: count }] as const)]));
    },
  };
}

/** The newer of an order as it was told and as it is known. */
export function newestOf(told: OrderView, known: KnownOrders): OrderView {
  const latest = known.get(told.id)?.order;
  return latest !== undefined && isNewer(latest, told) ? latest : told;
}

function isNewer(candidate: OrderView, other: OrderView | undefined): boolean {
  return other === undefined || candidate.revision > other.revision;
}
