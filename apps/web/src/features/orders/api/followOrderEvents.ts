import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useDesk } from "../../../lib/desk.ts";
import { keepResumed } from "../../../lib/keepResumed.ts";
import { useTRPC, useTRPCClient } from "../../../lib/trpcClient.ts";
import { orderEventToast } from "../model/orderEventToast.ts";
import { useTakeOrder } from "./useTakeOrder.ts";

/**
 * Follows every step of every order of the user, once for the whole page: lists and details are brought up to date and
 * a toast tells. After any gap the stream resumes behind the last event that was seen, so none is missed or doubled.
 */
export function useFollowOrderEvents(): void {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const { clock, toasts } = useDesk();
  const takeOrder = useTakeOrder();
  useEffect(
    () =>
      keepResumed<Parameters<typeof orderEventToast>[0]>({
        clock,
        open: (lastEventId, events) => client.orders.events.subscribe({ lastEventId }, events),
        onAnew: () => void queryClient.invalidateQueries({ queryKey: trpc.orders.pathKey() }),
        onData: (event) => {
          takeOrder(event.order);
          if (event.type === "fill") void queryClient.invalidateQueries({ queryKey: trpc.risk.metrics.queryKey() });
          const toast = orderEventToast(event);
          if (toast !== null) toasts.show(toast);
        },
      }),
    [takeOrder, client, clock, queryClient, toasts, trpc],
  );
}
