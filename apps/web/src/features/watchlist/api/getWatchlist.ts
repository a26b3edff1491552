import { useSuspenseQuery } from "@tanstack/react-query";
import { useTRPC } from "../../../lib/trpcClient.ts";

/** The user's symbols, in their order. */
export function useWatchlist(): readonly string[] {
  const trpc = useTRPC();
  return useSuspenseQuery(trpc.marketData.watchlist.queryOptions()).data;
}
