import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { useTRPC } from "../../../lib/trpcClient.ts";

/** Replaces the watchlist; the screen shows the new one at once and the old one again where the desk refuses. */
function useSetWatchlist() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const key = trpc.marketData.watchlist.queryKey();
  // While another change is on its way the screen shows that one.
  const isLast = () => queryClient.isMutating({ mutationKey: trpc.marketData.setWatchlist.mutationKey() }) === 1;
  return useMutation(
    trpc.marketData.setWatchlist.mutationOptions({
      // One after the other: of two changes the later one must not come first to the desk.
      scope: { id: "watchlist" },
      onMutate: ({ symbols }) => {
        void queryClient.cancelQueries({ queryKey: key });
        const before = queryClient.getQueryData(key);
        queryClient.setQueryData(key, symbols);
        return { before };
      },
      onError: (_error, _input, context) => {
        if (!isLast()) return;
        queryClient.setQueryData(key, context?.before);
        // Where more than one was refused, what was before this one was not true either.
        void queryClient.invalidateQueries({ queryKey: key });
      },
      onSuccess: (symbols) => {
        if (isLast()) queryClient.setQueryData(key, symbols);
      },
    }),
  );
}

/** Makes another list of the one that is shown, where it is another one; the same function for as long as the screen lives. */
export function useChangeWatchlist(): {
  readonly change: (make: (symbols: readonly string[]) => readonly string[]) => void;
  readonly save: ReturnType<typeof useSetWatchlist>;
} {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const save = useSetWatchlist();
  const { mutate } = save;
  const change = useCallback(
    (make: (symbols: readonly string[]) => readonly string[]) => {
      const shown = queryClient.getQueryData(trpc.marketData.watchlist.queryKey()) ?? [];
      const next = make(shown);
      if (next !== shown) mutate({ symbols: [...next] });
    },
    [mutate, queryClient, trpc],
  );
  return { change, save };
}
