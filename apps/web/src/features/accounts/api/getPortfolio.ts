import { useSuspenseQuery } from "@tanstack/react-query";
import { useTRPC } from "../../../lib/trpcClient.ts";

/** Balances and positions of one account from one instant; kept fresh by `useKeepPortfolioFresh`. */
export function usePortfolio(accountId: string) {
  const trpc = useTRPC();
  return useSuspenseQuery(trpc.accounts.portfolio.queryOptions({ accountId }, { staleTime: 60_000 })).data;
}
