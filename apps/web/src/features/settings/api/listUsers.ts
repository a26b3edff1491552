import { useSuspenseQuery } from "@tanstack/react-query";
import { useTRPC } from "../../../lib/trpcClient.ts";

/** Everyone who may sign in; the owner's to see. */
export function useUsers() {
  const trpc = useTRPC();
  return useSuspenseQuery(trpc.auth.users.queryOptions()).data;
}
