import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "../../../lib/trpcClient.ts";

/** Changes the password, ends every other session and revokes every API token. */
export function useChangePassword() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return useMutation(
    trpc.auth.changePassword.mutationOptions({
      onSuccess: () =>
        Promise.all([
          queryClient.invalidateQueries({ queryKey: trpc.auth.sessions.queryKey() }),
          queryClient.invalidateQueries({ queryKey: trpc.tokens.list.queryKey() }),
        ]),
    }),
  );
}
