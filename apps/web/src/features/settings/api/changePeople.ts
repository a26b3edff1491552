import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "../../../lib/trpcClient.ts";

/** Gives a person another role, or removes them; either signs them out at once. */
export function useChangePeople() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const onSettled = () => queryClient.invalidateQueries({ queryKey: trpc.auth.users.queryKey() });
  return {
    setRole: useMutation(trpc.people.setRole.mutationOptions({ onSettled })),
    remove: useMutation(trpc.people.remove.mutationOptions({ onSettled })),
  };
}
