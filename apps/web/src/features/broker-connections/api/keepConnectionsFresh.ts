import { useQueryClient } from "@tanstack/react-query";
import type { ConnectionView } from "@trenddojo/server/wire";
import { useEffect } from "react";
import { useDesk } from "../../../lib/desk.ts";
import { keepSubscribed } from "../../../lib/keepSubscribed.ts";
import { useTRPC, useTRPCClient } from "../../../lib/trpcClient.ts";

/** Puts the connections' states into the query cache as they change; a new connection brings its accounts. */
export function useKeepConnectionsFresh(): void {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const { clock, recoveries } = useDesk();
  useEffect(
    () =>
      keepSubscribed<readonly ConnectionView[]>({
        clock,
        open: (events) => client.brokers.statuses.subscribe(undefined, events),
        onData: (connections) => {
          const before = queryClient.getQueryData(trpc.brokers.list.queryKey());
          queryClient.setQueryData(trpc.brokers.list.queryKey(), [...connections]);
          if (
            before !== undefined &&
            connections.some((connection) => connection.status.isConnected && !wasConnected(before, connection.id))
          )
            recoveries.set(recoveries.get() + 1);
          if (before?.length !== connections.length)
            void queryClient.invalidateQueries({ queryKey: trpc.accounts.list.queryKey() });
        },
      }),
    [client, clock, queryClient, recoveries, trpc],
  );
}

function wasConnected(before: readonly ConnectionView[], id: string): boolean {
  return before.find((connection) => connection.id === id)?.status.isConnected === true;
}
