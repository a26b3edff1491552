import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "../../../lib/trpcClient.ts";

/** Ends every session but this one, and every API token; their pages are signed out within a second. */
export function useSignOutEverywhere() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return useMutation(
    trpc.auth.signOutEverywhere.mutationOptions({
      onSettled: () =>
        Promise.all([
          queryClient.invalidateQueries({ queryKey: trpc.auth.sessions.queryKey() }),
          queryClient.invalidateQueries({ queryKey: trpc.tokens.list.queryKey() }),
        ]),
    }),
  );
}
