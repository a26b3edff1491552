import { queryOptions, useQuery, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import type { TradingStateView } from "@trenddojo/server/wire";
import { askUnlessTold } from "../../../lib/askUnlessTold.ts";
import { useTRPC, useTRPCClient } from "../../../lib/trpcClient.ts";

/** Whether orders go, and what is known of each broker while they do not; kept fresh by `useKeepTradingStateFresh`. */
export function useTradingState(): TradingStateView {
  return useSuspenseQuery(useTradingStateOptions()).data;
}

/** The same for where it is not waited for; undefined until it is known. */
export function useKnownTradingState(): TradingStateView | undefined {
  return useQuery(useTradingStateOptions()).data;
}

function useTradingStateOptions() {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const queryKey = trpc.risk.state.queryKey();
  return queryOptions({
    queryKey,
    queryFn: () => askUnlessTold({ queryClient, queryKey, ask: () => client.risk.state.query() }),
    // The stream tells of changes at once; a halt is worth asking for as well.
    refetchInterval: 10_000,
  });
}
