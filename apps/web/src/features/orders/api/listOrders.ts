import { useSuspenseInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTRPC } from "../../../lib/trpcClient.ts";
import type { OrderFilter } from "../model/applyOrderEvent.ts";

/** Orders of one account, newest first, page by page. Order events keep the pages fresh. */
export function useOrders(accountId: string, filter: OrderFilter) {
  const trpc = useTRPC();
  const query = useSuspenseInfiniteQuery(
    trpc.orders.list.infiniteQueryOptions(
      { accountId, filter, limit: 100 },
      { getNextPageParam: (page) => page.nextCursor, initialCursor: null },
    ),
  );
  const orders = useMemo(() => query.data.pages.flatMap((page) => page.orders), [query.data]);
  const { fetchNextPage, hasNextPage, isFetchingNextPage } = query;
  const loadMore = useMemo(
    () => (hasNextPage && !isFetchingNextPage ? () => void fetchNextPage() : undefined),
    [fetchNextPage, hasNextPage, isFetchingNextPage],
  );
  return { orders, loadMore, updatedAt: query.dataUpdatedAt, isStale: query.isRefetchError };
}
