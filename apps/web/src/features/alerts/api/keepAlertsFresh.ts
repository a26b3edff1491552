import { useQueryClient } from "@tanstack/react-query";
import type { AlertView } from "@trenddojo/server/wire";
import { useEffect } from "react";
import { useDesk } from "../../../lib/desk.ts";
import { keepSubscribed } from "../../../lib/keepSubscribed.ts";
import { useTRPC, useTRPCClient } from "../../../lib/trpcClient.ts";
import { alertToasts } from "../model/alertToasts.ts";

/** Follows the alerts, once for the whole page: the bell counts them and a new critical one is told in a toast. */
export function useKeepAlertsFresh(): void {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const { clock, toasts } = useDesk();
  useEffect(
    () =>
      keepSubscribed<readonly AlertView[]>({
        clock,
        open: (events) => client.alerts.watch.subscribe(undefined, events),
        onData: (alerts) => {
          const current = [...trpc.alerts.pathKey(), "current"];
          const before = queryClient.getQueryData<readonly AlertView[]>(current);
          queryClient.setQueryData(current, alerts);
          void queryClient.invalidateQueries({ queryKey: trpc.alerts.list.pathKey() });
          void queryClient.invalidateQueries({ queryKey: trpc.drifts.pathKey() });
          for (const toast of alertToasts(before, alerts)) toasts.show(toast);
        },
      }),
    [client, clock, queryClient, toasts, trpc],
  );
}
