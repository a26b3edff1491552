import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "../../../lib/trpcClient.ts";

/** Who is signed in, and whether the desk has an owner yet. */
export function useAuthStatus() {
  const trpc = useTRPC();
  return useQuery(
    trpc.auth.status.queryOptions(undefined, { staleTime: Infinity, retry: Infinity, retryDelay: 1_000 }),
  );
}
