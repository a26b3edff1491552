import { useQueryClient } from "@tanstack/react-query";
import type { TradingStateView } from "@trenddojo/server/wire";
import { useEffect } from "react";
import { useDesk } from "../../../lib/desk.ts";
import { keepSubscribed } from "../../../lib/keepSubscribed.ts";
import { useTRPC, useTRPCClient } from "../../../lib/trpcClient.ts";

/** Puts the trading state into the query cache as it changes, and each broker's answer to a halt as it comes. */
export function useKeepTradingStateFresh(): void {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const { clock } = useDesk();
  useEffect(
    () =>
      keepSubscribed<TradingStateView>({
        clock,
        open: (events) => client.risk.states.subscribe(undefined, events),
        onData: (state) => {
          const before = queryClient.getQueryData(trpc.risk.state.queryKey());
          queryClient.setQueryData(trpc.risk.state.queryKey(), state);
          if (before?.state !== state.state)
            void queryClient.invalidateQueries({ queryKey: trpc.risk.metrics.queryKey() });
        },
      }),
    [client, clock, queryClient, trpc],
  );
}
