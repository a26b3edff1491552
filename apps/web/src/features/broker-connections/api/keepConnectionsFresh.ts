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
  const { clock } = useDesk();
  useEffect(
    () =>
      keepSubscribed<readonly ConnectionView[]>({
        clock,
        open: (events) => client.brokers.statuses.subscribe(undefined, events),
        onData: (connections) => {
          const before = queryClient.getQueryData(trpc.brokers.list.queryKey());
          queryClient.setQueryData(trpc.brokers.list.queryKey(), [...connections]);
          if (before?.length !== connections.length) void queryClient.invalidateQueries({ queryKey: trpc.accounts.list.queryKey() });
        },
      }),
    [client, clock, queryClient, trpc],
  );
}
