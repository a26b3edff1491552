import { useSuspenseQuery } from "@tanstack/react-query";
import { useTRPC } from "../../../lib/trpcClient.ts";

/** What runs here, read anew each half a minute while it is looked at: its database grows. */
export function useSystemInfo() {
  const trpc = useTRPC();
  return useSuspenseQuery(trpc.system.info.queryOptions(undefined, { refetchInterval: 30_000 }));
}
