import { useSuspenseQuery } from "@tanstack/react-query";
import { useTRPC } from "../../../lib/trpcClient.ts";

/** How much of each limit an account uses. */
export function useRiskMetrics(accountId: string) {
  const trpc = useTRPC();
  return useSuspenseQuery(trpc.risk.metrics.queryOptions({ accountId }, { refetchInterval: 5_000 })).data;
}

/** An account's limits as they were set, as they hold now, what raised them and for how long, and its symbols' own. */
export function useRiskPolicy(accountId: string) {
  const trpc = useTRPC();
  return useSuspenseQuery(trpc.risk.policy.queryOptions({ accountId }, { refetchInterval: 10_000 })).data;
}
