import { MutationCache, notifyManager, QueryCache, QueryClient } from "@tanstack/react-query";
import { isUnauthenticated, readFailure } from "./deskError.ts";

interface QueryClientOptions {
  /** Any call was refused because the session has ended. */
  readonly onSessionEnded: () => void;
}

/**
 * Server state. A refusal is an answer and is never retried; a transport failure is retried twice. A command is
 * never retried here: the ticket does it, with the same key.
 */
export function createQueryClient({ onSessionEnded }: QueryClientOptions): QueryClient {
  const onError = (error: unknown) => {
    if (isUnauthenticated(error)) onSessionEnded();
  };
  // In a task of its own the answer to a click would wait for the frames that prices ask for.
  notifyManager.setScheduler(queueMicrotask);
  return new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        // The desk is often on this very machine: the browser's idea of being offline says nothing about it.
        networkMode: "always",
        staleTime: 10_000,
        retry: (failures, error) => readFailure(error).kind === "transport" && failures < 2,
        retryDelay: (attempt) => Math.min(400 * 2 ** attempt, 4_000),
      },
      mutations: { networkMode: "always", retry: false },
    },
  });
}
