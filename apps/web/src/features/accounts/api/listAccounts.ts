import { useSuspenseQuery } from "@tanstack/react-query";
import { useTRPC } from "../../../lib/trpcClient.ts";

/** All accounts of the user, over all connections. */
export function useAccounts() {
  const trpc = useTRPC();
  return useSuspenseQuery(trpc.accounts.list.queryOptions()).data;
}
