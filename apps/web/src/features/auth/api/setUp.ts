import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "../../../lib/trpcClient.ts";

/** Makes the owner's account and signs in with it. */
export function useSetUp() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return useMutation(
    trpc.auth.setUp.mutationOptions({
      onSuccess: (user) => queryClient.setQueryData(trpc.auth.status.queryKey(), { setUpRequired: false, user }),
    }),
  );
}
