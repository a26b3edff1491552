import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useDesk } from "../../../lib/desk.ts";
import { readFailure } from "../../../lib/deskError.ts";
import { useTRPC } from "../../../lib/trpcClient.ts";
import { haltFailureToast } from "../model/haltFailureToast.ts";

/** Halt, reduce, resume and flatten. What came of it is asked for anew: an answer may be older than what was told. */
export function useChangeTradingState() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { toasts } = useDesk();
  const refresh = () =>
    Promise.all([
      queryClient.invalidateQueries({ queryKey: trpc.risk.state.queryKey() }),
      queryClient.invalidateQueries({ queryKey: trpc.risk.metrics.queryKey() }),
    ]);
  return {
    halt: useMutation(
      trpc.orders.halt.mutationOptions({
        onSettled: refresh,
        onError: (error) => toasts.show(haltFailureToast(readFailure(error))),
      }),
    ),
    reduceOnly: useMutation(trpc.orders.reduceOnly.mutationOptions({ onSettled: refresh })),
    resume: useMutation(trpc.orders.resume.mutationOptions({ onSettled: refresh })),
    flatten: useMutation(trpc.orders.flatten.mutationOptions({ onSettled: refresh })),
  };
}
