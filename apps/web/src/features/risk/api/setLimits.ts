import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "../../../lib/trpcClient.ts";

/** Changes an account's limits; they hold for the next order. */
export function useSetLimits() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return useMutation(
    trpc.risk.setLimits.mutationOptions({
      onSuccess: async (limits, { accountId }) => {
        queryClient.setQueryData(trpc.risk.limits.queryKey({ accountId }), limits);
        await queryClient.invalidateQueries({ queryKey: trpc.risk.metrics.queryKey({ accountId }) });
      },
    }),
  );
}
