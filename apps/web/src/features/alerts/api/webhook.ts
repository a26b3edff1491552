import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useTRPC } from "../../../lib/trpcClient.ts";

/** Where alerts are also sent, and how the last delivery went; null where nowhere. */
export function useWebhook() {
  const trpc = useTRPC();
  return useSuspenseQuery(trpc.alerts.webhook.queryOptions(undefined, { refetchInterval: 10_000 })).data;
}

/** Sets or removes it; the desk proves a new one by a test alert first. */
export function useChangeWebhook() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const refresh = () => queryClient.invalidateQueries({ queryKey: trpc.alerts.webhook.queryKey() });
  return {
    set: useMutation(trpc.alerts.setWebhook.mutationOptions({ onSuccess: refresh })),
    remove: useMutation(trpc.alerts.removeWebhook.mutationOptions({ onSettled: refresh })),
  };
}
