import type { OrderView } from "@trenddojo/server/wire";
import { isOpen } from "./orderStateText.ts";

export type OrderFilter = "open" | "closed" | "all";

export interface OrderPage {
  readonly orders: readonly OrderView[];
  readonly nextCursor: string | null;
}

/**
 * Whether `candidate` is news about the order that is shown. Answers and events race each other over two connections,
 * and an older one must never overwrite a newer one.
 */
export function isNewer(candidate: OrderView, shown: OrderView | undefined): boolean {
  return shown === undefined || candidate.updatedAt >= shown.updatedAt;
}

/** The pages of a list with an order's latest in its place: replaced, put on top as new, or taken out where the filter no longer takes it. */
export function applyToPages<Page extends OrderPage>(
  pages: readonly Page[],
  order: OrderView,
  filter: OrderFilter,
): readonly Page[] {
  const fits = filter === "all" || (filter === "open") === isOpen(order);
  let found = false;
  const replaced = pages.map((page) => {
    const shown = page.orders.find((candidate) => candidate.id === order.id);
    if (shown === undefined) return page;
    found = true;
    if (!isNewer(order, shown)) return page;
    const orders = fits
      ? page.orders.map((candidate) => (candidate.id === order.id ? order : candidate))
      : page.orders.filter((candidate) => candidate.id !== order.id);
    return { ...page, orders };
  });
  const first = replaced[0];
  if (found || !fits || first === undefined) return replaced;
  return [{ ...first, orders: [order, ...first.orders] }, ...replaced.slice(1)];
}
