import { useMutation } from "@tanstack/react-query";
import { useTRPC } from "../../../lib/trpcClient.ts";

/** Makes the invited person's account and signs in with it. */
export function useAcceptInvitation() {
  return useMutation(useTRPC().people.accept.mutationOptions());
}
