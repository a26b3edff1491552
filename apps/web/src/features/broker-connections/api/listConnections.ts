import { useSuspenseQuery } from "@tanstack/react-query";
import { useTRPC } from "../../../lib/trpcClient.ts";

/** All connections of the user with their health; kept fresh by `useKeepConnectionsFresh`. */
export function useConnections() {
  const trpc = useTRPC();
  return useSuspenseQuery(trpc.brokers.list.queryOptions(undefined, { staleTime: 60_000 })).data;
}
