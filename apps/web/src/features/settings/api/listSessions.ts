import { useSuspenseQuery } from "@tanstack/react-query";
import { useTRPC } from "../../../lib/trpcClient.ts";

/** Where the user is signed in, newest first. */
export function useSessions() {
  const trpc = useTRPC();
  return useSuspenseQuery(trpc.auth.sessions.queryOptions()).data;
}
