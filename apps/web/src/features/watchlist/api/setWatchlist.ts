import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "../../../lib/trpcClient.ts";

/** Replaces the watchlist; the screen shows the new one at once and the old one again where the desk refuses. */
export function useSetWatchlist() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const key = trpc.marketData.watchlist.queryKey();
  return useMutation(
    trpc.marketData.setWatchlist.mutationOptions({
      onMutate: async ({ symbols }) => {
        await queryClient.cancelQueries({ queryKey: key });
        const before = queryClient.getQueryData(key);
        queryClient.setQueryData(key, symbols);
        return { before };
      },
      onError: (_error, _input, context) => queryClient.setQueryData(key, context?.before),
      onSuccess: (symbols) => queryClient.setQueryData(key, symbols),
    }),
  );
}
