import { useSuspenseQuery } from "@tanstack/react-query";
import { useTRPC } from "../../../lib/trpcClient.ts";

/** The market's clock and session, and where a connection's prices come from. */
export function useMarket(connectionId: string) {
  return useSuspenseQuery(useMarketOptions(connectionId)).data;
}

/** The question behind `useMarket`, for where an answer is not waited for. */
export function useMarketOptions(connectionId: string) {
  const trpc = useTRPC();
  return trpc.marketData.market.queryOptions({ connectionId }, { refetchInterval: 5_000, staleTime: 4_000 });
}
