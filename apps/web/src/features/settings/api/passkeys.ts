import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { makePasskey } from "../../../lib/passkeys.ts";
import { useTRPC, useTRPCClient } from "../../../lib/trpcClient.ts";

/** One's own passkeys, oldest first. */
export function usePasskeys() {
  return useSuspenseQuery(useTRPC().passkeys.list.queryOptions()).data;
}

/** Has the browser make a passkey, and removes one. */
export function useChangePasskeys() {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const onSettled = () =>
    Promise.all([
      queryClient.invalidateQueries({ queryKey: trpc.passkeys.list.queryKey() }),
      queryClient.invalidateQueries({ queryKey: trpc.factors.read.queryKey() }),
    ]);
  return {
    add: useMutation({
      mutationFn: async (name: string) => {
        const attestation = await makePasskey(await client.passkeys.beginRegistration.mutate());
        return client.passkeys.register.mutate({ name, attestation });
      },
      onSettled,
    }),
    remove: useMutation(trpc.passkeys.remove.mutationOptions({ onSettled })),
  };
}
