import { useSuspenseInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTRPC } from "../../../lib/trpcClient.ts";

export type DriftFilter = "open" | "resolved" | "all";

/** A refetch asks for every page again: whoever looks further back reads history. */
const KEPT_FRESH = 2;

/** Differences between the desk and its brokers, in every account, newest first, page by page. */
export function useDrifts(filter: DriftFilter) {
  const trpc = useTRPC();
  const query = useSuspenseInfiniteQuery(
    trpc.drifts.list.infiniteQueryOptions(
      { filter, limit: 50 },
      {
        getNextPageParam: (page) => page.nextCursor,
        initialCursor: null,
        refetchInterval: ({ state }) => ((state.data?.pages.length ?? 0) > KEPT_FRESH ? false : 10_000),
      },
    ),
  );
  const drifts = useMemo(() => query.data.pages.flatMap((page) => page.drifts), [query.data]);
  return {
    drifts,
    hasMore: query.hasNextPage,
    isLoading: query.isFetchingNextPage,
    loadMore: () => void query.fetchNextPage(),
  };
}
