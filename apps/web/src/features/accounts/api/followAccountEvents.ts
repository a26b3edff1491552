import { useQueryClient } from "@tanstack/react-query";
import type { AccountEventView } from "@trenddojo/server/wire";
import { useEffect } from "react";
import { useDesk } from "../../../lib/desk.ts";
import { keepResumed } from "../../../lib/keepResumed.ts";
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
    const refresh = () => void queryClient.invalidateQueries({ queryKey: trpc.audit.pathKey() });
    return keepResumed<AccountEventView>({
      clock,
      open: (lastEventId, events) => client.accounts.events.subscribe({ accountId, lastEventId }, events),
      onAnew: refresh,
      onData: (event) => {
        refresh();
        toasts.show(accountEventToast(event));
      },
    });
  }, [accountId, client, clock, queryClient, toasts, trpc]);
}
