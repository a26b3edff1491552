import { useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import type { Portfolio } from "@trenddojo/server/wire";
import { askUnlessTold } from "../../../lib/askUnlessTold.ts";
import { useDesk } from "../../../lib/desk.ts";
import { useTRPC, useTRPCClient } from "../../../lib/trpcClient.ts";
import { heardNow } from "../model/heardNow.ts";

/** Balances and positions of one account from one instant; kept fresh by `useKeepPortfolioFresh`. */
export function usePortfolio(accountId: string): Portfolio {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const { clock } = useDesk();
  const queryKey = trpc.accounts.portfolio.queryKey({ accountId });
  const ask = async () => heardNow(await client.accounts.portfolio.query({ accountId }), clock);
  return useSuspenseQuery({
    queryKey,
    queryFn: () => askUnlessTold({ queryClient, queryKey, ask }),
    staleTime: 60_000,
  }).data;
}
