import { useSuspenseQuery } from "@tanstack/react-query";
import { useTRPC } from "../../../lib/trpcClient.ts";

/** What can be connected, with its form and its capabilities. */
export function useBrokerCatalog() {
  const trpc = useTRPC();
  return useSuspenseQuery(trpc.brokers.catalog.queryOptions(undefined, { staleTime: Infinity })).data;
}
