import { hashKey, useMutation, useQueryClient } from "@tanstack/react-query";
import { useDesk } from "../../../lib/desk.ts";
import { useTRPC } from "../../../lib/trpcClient.ts";

/** Ends the session, closes the socket and forgets all that was fetched with it. */
export function useSignOut() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { quotes, sessionEnded, closeSocket } = useDesk();
  return useMutation(
    trpc.auth.signOut.mutationOptions({
      // First of all, or the server cuts the socket and it tries to come back.
      onMutate: closeSocket,
      onSuccess: () => {
        queryClient.setQueryData(trpc.auth.status.queryKey(), { setUpRequired: false, user: null });
        sessionEnded.set(false);
        const status = hashKey(trpc.auth.status.queryKey());
        queryClient.removeQueries({ predicate: (query) => query.queryHash !== status });
        quotes.clear();
      },
    }),
  );
}
