import { useSuspenseInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTRPC } from "../../../lib/trpcClient.ts";
import type { queryOf } from "../model/ActivityFilters.ts";

/** A refetch asks for every page again: whoever scrolls further back reads history. */
const KEPT_FRESH = 2;

/** What happened, newest first, page by page. */
export function useActivity(filters: ReturnType<typeof queryOf>) {
  const trpc = useTRPC();
  const query = useSuspenseInfiniteQuery(
    trpc.audit.list.infiniteQueryOptions(
      { limit: 100, ...filters },
      {
        getNextPageParam: (page) => page.nextCursor,
        initialCursor: null,
        refetchInterval: (query) => ((query.state.data?.pages.length ?? 0) > KEPT_FRESH ? false : 10_000),
      },
    ),
  );
  const entries = useMemo(() => query.data.pages.flatMap((page) => page.entries), [query.data]);
  const { fetchNextPage, hasNextPage, isFetchingNextPage } = query;
  const loadMore = useMemo(
    () => (hasNextPage && !isFetchingNextPage ? () => void fetchNextPage() : undefined),
    [fetchNextPage, hasNextPage, isFetchingNextPage],
  );
  return { entries, loadMore };
}
