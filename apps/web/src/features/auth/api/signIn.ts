import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "../../../lib/trpcClient.ts";

/** Signs in; the cookie that the answer sets is the session. */
export function useSignIn() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return useMutation(
    trpc.auth.signIn.mutationOptions({
      onSuccess: (user) => queryClient.setQueryData(trpc.auth.status.queryKey(), { setUpRequired: false, user }),
    }),
  );
}
