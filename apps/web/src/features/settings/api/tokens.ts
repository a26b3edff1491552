import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useTRPC } from "../../../lib/trpcClient.ts";

/** One's own tokens for programs. */
export function useTokens() {
  return useSuspenseQuery(useTRPC().tokens.list.queryOptions()).data;
}

/** Makes a token, and revokes one. */
export function useChangeTokens() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const onSettled = () => queryClient.invalidateQueries({ queryKey: trpc.tokens.list.queryKey() });
  return {
    create: useMutation(trpc.tokens.create.mutationOptions({ onSettled })),
    revoke: useMutation(trpc.tokens.revoke.mutationOptions({ onSettled })),
  };
}
