import { useMutation, useQueryClient } from "@tanstack/react-query";
import { askPasskey } from "../../../lib/passkeys.ts";
import { useTRPC, useTRPCClient } from "../../../lib/trpcClient.ts";

/** Signs in with a passkey, without a name: the authenticator knows whose it is. */
export function useSignInByPasskey() {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async () => {
      const assertion = await askPasskey(await client.passkeys.beginSignIn.mutate());
      return client.auth.signInByPasskey.mutate({ assertion });
    },
    onSuccess: (user) => queryClient.setQueryData(trpc.auth.status.queryKey(), { setUpRequired: false, user }),
  });
}
