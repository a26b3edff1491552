import { queryOptions, useQuery, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import type { Portfolio } from "@trenddojo/server/wire";
import { askUnlessTold } from "../../../lib/askUnlessTold.ts";
import { useTRPC, useTRPCClient } from "../../../lib/trpcClient.ts";

/** Balances and positions of one account from one instant; kept fresh by `useKeepPortfolioFresh`. */
export function usePortfolio(accountId: string): Portfolio {
  return useSuspenseQuery(usePortfolioOptions(accountId)).data;
}

/** The position in one instrument, below zero where it was sold short; undefined while it is not known. */
export function useHeldQuantity(accountId: string, symbol: string): string | undefined {
  return useQuery({
    ...usePortfolioOptions(accountId),
    select: ({ positions }) => positions.find((position) => position.symbol === symbol)?.quantity ?? "0",
  }).data;
}

function usePortfolioOptions(accountId: string) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const queryKey = trpc.accounts.portfolio.queryKey({ accountId });
  return queryOptions({
    queryKey,
    queryFn: () => askUnlessTold({ queryClient, queryKey, ask: () => client.accounts.portfolio.query({ accountId }) }),
    staleTime: 60_000,
  });
}
