import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "../../../lib/trpcClient.ts";

/** Every change of an account's limits; each holds for the next order. */
export function useChangePolicy(accountId: string) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const refresh = () =>
    Promise.all([
      queryClient.invalidateQueries({ queryKey: trpc.risk.policy.queryKey({ accountId }) }),
      queryClient.invalidateQueries({ queryKey: trpc.risk.metrics.queryKey({ accountId }) }),
    ]);
  return {
    setLimits: useMutation(trpc.risk.setLimits.mutationOptions({ onSuccess: refresh })),
    raise: useMutation(trpc.risk.raise.mutationOptions({ onSuccess: refresh })),
    endRaise: useMutation(trpc.risk.endRaise.mutationOptions({ onSettled: refresh })),
    setSymbolLimit: useMutation(trpc.risk.setSymbolLimit.mutationOptions({ onSuccess: refresh })),
    removeSymbolLimit: useMutation(trpc.risk.removeSymbolLimit.mutationOptions({ onSettled: refresh })),
  };
}
