import { useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import type { Portfolio } from "@trenddojo/server/wire";
import { askUnlessTold } from "../../../lib/askUnlessTold.ts";
import { useTRPC, useTRPCClient } from "../../../lib/trpcClient.ts";

/** Balances and positions of one account from one instant; kept fresh by `useKeepPortfolioFresh`. */
export function usePortfolio(accountId: string): Portfolio {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const queryKey = trpc.accounts.portfolio.queryKey({ accountId });
  return useSuspenseQuery({
    queryKey,
    queryFn: () => askUnlessTold({ queryClient, queryKey, ask: () => client.accounts.portfolio.query({ accountId }) }),
    staleTime: 60_000,
  }).data;
}
