import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "../../../lib/trpcClient.ts";

/** Resolving a difference with a note, and comparing everything of a connection now. */
export function useSettleDrifts() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const refresh = () =>
    Promise.all([
      queryClient.invalidateQueries({ queryKey: trpc.drifts.list.pathKey() }),
      queryClient.invalidateQueries({ queryKey: trpc.brokers.list.queryKey() }),
    ]);
  return {
    resolve: useMutation(trpc.drifts.resolve.mutationOptions({ onSettled: refresh })),
    compare: useMutation(trpc.brokers.reconcile.mutationOptions({ onSettled: refresh })),
  };
}
