import { useSuspenseQuery } from "@tanstack/react-query";
import { useTRPC } from "../../../lib/trpcClient.ts";

/** How much of each limit an account uses. */
export function useRiskMetrics(accountId: string) {
  const trpc = useTRPC();
  return useSuspenseQuery(trpc.risk.metrics.queryOptions({ accountId }, { refetchInterval: 5_000 })).data;
}

export function useRiskLimits(accountId: string) {
  const trpc = useTRPC();
  return useSuspenseQuery(trpc.risk.limits.queryOptions({ accountId })).data;
}
