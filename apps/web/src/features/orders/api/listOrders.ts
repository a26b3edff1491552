import { infiniteQueryOptions, useSuspenseInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useStore } from "../../../lib/createStore.ts";
import { useTRPC, useTRPCClient } from "../../../lib/trpcClient.ts";
import { useOrdersMemory } from "../components/OrdersMemory.tsx";
import { currentOrders } from "../model/orderList.ts";
import type { OrderFilter } from "../model/orderList.ts";

const PAGE_SIZE = 100;
/** The cursor of a list's beginning. */
const FIRST_PAGE: string | null = null;

/** Orders of one account, newest first, page by page, each as its latest answer or event left it. */
export function useOrders(accountId: string, filter: OrderFilter) {
  const query = useSuspenseInfiniteQuery(useOrdersOptions(accountId, filter));
  const known = useStore(useOrdersMemory().book.known);
  const { pages } = query.data;
  const orders = useMemo(() => currentOrders({ accountId, filter, pages }, known), [accountId, filter, pages, known]);
  const { fetchNextPage, hasNextPage, isFetchingNextPage } = query;
  const loadMore = useMemo(
    () => (hasNextPage && !isFetchingNextPage ? () => void fetchNextPage() : undefined),
    [fetchNextPage, hasNextPage, isFetchingNextPage],
  );
  return { orders, loadMore, updatedAt: query.dataUpdatedAt, isStale: query.isRefetchError };
}

function useOrdersOptions(accountId: string, filter: OrderFilter) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const { book } = useOrdersMemory();
  const input = { accountId, filter, limit: PAGE_SIZE };
  return infiniteQueryOptions({
    // Without tRPC's tag for the type of the data: these pages also say when they were asked for.
    queryKey: [...trpc.orders.list.infiniteQueryKey(input)],
    queryFn: async ({ pageParam, signal }) => {
      const askedAt = book.count();
      const page = await client.orders.list.query({ ...input, cursor: pageParam ?? undefined }, { signal });
      book.take(page.orders);
      return { ...page, askedAt };
    },
    initialPageParam: FIRST_PAGE,
    getNextPageParam: (page) => page.nextCursor,
  });
}
