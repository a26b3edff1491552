import { useMutation, useQuery } from "@tanstack/react-query";
import { askPasskey } from "../../../lib/passkeys.ts";
import { useTRPC, useTRPCClient } from "../../../lib/trpcClient.ts";

/** Confirms that the person is there: by a code, or by the password of who has no second factor. */
export function useStepUp() {
  return useMutation(useTRPC().auth.stepUp.mutationOptions());
}

/** Confirms it by a passkey of the person's. */
export function useStepUpByPasskey() {
  const client = useTRPCClient();
  return useMutation({
    mutationFn: async () =>
      client.auth.stepUp.mutate({ passkey: await askPasskey(await client.passkeys.beginStepUp.mutate()) }),
  });
}

/** What the person has beside the password; undefined while that is asked. */
export function useOwnFactors() {
  return useQuery(useTRPC().factors.read.queryOptions()).data;
}
