import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTRPC } from "../../../lib/trpcClient.ts";

/** Instruments that a connection trades, best match first. */
export function useInstrumentSearch(connectionId: string, query: string) {
  const trpc = useTRPC();
  return useQuery(
    trpc.marketData.search.queryOptions(
      { connectionId, query, limit: 12 },
      { placeholderData: keepPreviousData, staleTime: 300_000 },
    ),
  );
}
