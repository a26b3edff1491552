import { useSuspenseInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTRPC } from "../../../lib/trpcClient.ts";

/** What happened, newest first, page by page. */
export function useActivity(search: string) {
  const trpc = useTRPC();
  const query = useSuspenseInfiniteQuery(
    trpc.audit.list.infiniteQueryOptions(
      { limit: 100, ...(search === "" ? {} : { search }) },
      { getNextPageParam: (page) => page.nextCursor, initialCursor: null, refetchInterval: 10_000 },
    ),
  );
  const entries = useMemo(() => query.data.pages.flatMap((page) => page.entries), [query.data]);
  const { fetchNextPage, hasNextPage, isFetchingNextPage } = query;
  const loadMore = useMemo(() => (hasNextPage && !isFetchingNextPage ? () => void fetchNextPage() : undefined), [fetchNextPage, hasNextPage, isFetchingNextPage]);
  return { entries, loadMore };
}
