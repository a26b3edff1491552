import { useQueryClient } from "@tanstack/react-query";
import type { Portfolio } from "@trenddojo/server/wire";
import { useEffect } from "react";
import { useDesk } from "../../../lib/desk.ts";
import { keepSubscribed } from "../../../lib/keepSubscribed.ts";
import { useTRPC, useTRPCClient } from "../../../lib/trpcClient.ts";

/** Puts an account's portfolio into the query cache whenever the desk tells of a change. */
export function useKeepPortfolioFresh(accountId: string): void {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const { clock } = useDesk();
  useEffect(
    () =>
      keepSubscribed<Portfolio>({
        clock,
        open: (events) => client.accounts.portfolioUpdates.subscribe({ accountId }, events),
        onData: (portfolio) => queryClient.setQueryData(trpc.accounts.portfolio.queryKey({ accountId }), portfolio),
      }),
    [accountId, client, clock, queryClient, trpc],
  );
}
