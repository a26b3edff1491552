import { useSuspenseQuery } from "@tanstack/react-query";
import { useTRPC } from "../../../lib/trpcClient.ts";

/**
 * All connections of the user with their health. `useKeepConnectionsFresh` tells of changes at once; the evidence
 * behind an unchanged state grows newer without any change, so it is asked for as well.
 */
export function useConnections() {
  const trpc = useTRPC();
  return useSuspenseQuery(trpc.brokers.list.queryOptions(undefined, { refetchInterval: 3_000, staleTime: 2_000 })).data;
}
