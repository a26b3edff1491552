import { skipToken, useQuery } from "@tanstack/react-query";
import { useTRPC } from "../../../lib/trpcClient.ts";

/** Re-hashes the log's chains, once asked to. */
export function useVerifyActivity(asked: boolean) {
  const trpc = useTRPC();
  return useQuery(trpc.audit.verify.queryOptions(asked ? undefined : skipToken, { staleTime: 0, retry: false }));
}
