import { useSuspenseQuery } from "@tanstack/react-query";
import { useTRPC } from "../../../lib/trpcClient.ts";

/** What the desk does, read anew each second while it is looked at. */
export function useSystemMetrics() {
  const trpc = useTRPC();
  return useSuspenseQuery(trpc.system.metrics.queryOptions(undefined, { refetchInterval: 1_000, staleTime: 0 })).data;
}
