import { useQueryClient } from "@tanstack/react-query";
import type { AccountEventView } from "@trenddojo/server/wire";
import { useEffect } from "react";
import { useDesk } from "../../../lib/desk.ts";
import { keepSubscribed } from "../../../lib/keepSubscribed.ts";
import { useTRPC, useTRPCClient } from "../../../lib/trpcClient.ts";
import { accountEventToast } from "../model/accountEventToast.ts";

/**
 * Tells what happens to an account without an order: a toast, and the activity is brought up to date. After a gap the
 * stream resumes behind the last event that was seen.
 */
export function useFollowAccountEvents(accountId: string): void {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const { clock, toasts } = useDesk();
  useEffect(() => {
    let lastEventId: string | undefined;
    return keepSubscribed<{ id: string; data: AccountEventView }>({
      clock,
      open: (events) => client.accounts.events.subscribe({ accountId, lastEventId }, events),
      onData: ({ id, data: event }) => {
        lastEventId = id;
        void queryClient.invalidateQueries({ queryKey: trpc.audit.pathKey() });
        toasts.show(accountEventToast(event));
      },
    });
  }, [accountId, client, clock, queryClient, toasts, trpc]);
}
