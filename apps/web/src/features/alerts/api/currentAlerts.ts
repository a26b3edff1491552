import { skipToken, useQuery } from "@tanstack/react-query";
import type { AlertView } from "@trenddojo/server/wire";
import { useTRPC } from "../../../lib/trpcClient.ts";

/** What lasts or nobody has acknowledged, newest first, as `useKeepAlertsFresh` was told it; undefined until then. */
export function useCurrentAlerts(): readonly AlertView[] | undefined {
  const trpc = useTRPC();
  // Only the stream fills it.
  return useQuery<readonly AlertView[]>({
    queryKey: [...trpc.alerts.pathKey(), "current"],
    queryFn: skipToken,
    gcTime: Infinity,
  }).data;
}
