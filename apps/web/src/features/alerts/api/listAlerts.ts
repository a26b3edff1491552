import { useSuspenseInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTRPC } from "../../../lib/trpcClient.ts";

export type AlertFilter = "open" | "all";

/** Alerts, newest first, page by page; `useKeepAlertsFresh` has them fetched again after each change. */
export function useAlerts(filter: AlertFilter) {
  const trpc = useTRPC();
  const query = useSuspenseInfiniteQuery(
    trpc.alerts.list.infiniteQueryOptions(
      { filter, limit: 50 },
      { getNextPageParam: (page) => page.nextCursor, initialCursor: null },
    ),
  );
  const alerts = useMemo(() => query.data.pages.flatMap((page) => page.alerts), [query.data]);
  return {
    alerts,
    hasMore: query.hasNextPage,
    isLoading: query.isFetchingNextPage,
    loadMore: () => void query.fetchNextPage(),
  };
}
