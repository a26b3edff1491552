import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useTRPC } from "../../../lib/trpcClient.ts";

/** The links that still let somebody in; the owner's to see. */
export function useInvitations() {
  return useSuspenseQuery(useTRPC().people.invitations.queryOptions()).data;
}

/** Makes such a link, and takes one back. */
export function useChangeInvitations() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const onSettled = () => queryClient.invalidateQueries({ queryKey: trpc.people.invitations.queryKey() });
  return {
    invite: useMutation(trpc.people.invite.mutationOptions({ onSettled })),
    revoke: useMutation(trpc.people.revokeInvitation.mutationOptions({ onSettled })),
  };
}
