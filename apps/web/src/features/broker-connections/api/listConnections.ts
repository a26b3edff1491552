import { queryOptions, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { askUnlessTold } from "../../../lib/askUnlessTold.ts";
import { useTRPC, useTRPCClient } from "../../../lib/trpcClient.ts";

/**
 * All connections of the user with their health. `useKeepConnectionsFresh` tells of changes at once; the evidence
 * behind an unchanged state grows newer without any change, so it is asked for as well.
 */
export function useConnections() {
  return useSuspenseQuery(useConnectionsOptions()).data;
}

export function useConnectionsOptions() {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const queryKey = trpc.brokers.list.queryKey();
  return queryOptions({
    queryKey,
    queryFn: () => askUnlessTold({ queryClient, queryKey, ask: () => client.brokers.list.query() }),
    refetchInterval: 3_000,
    staleTime: 2_000,
  });
}
