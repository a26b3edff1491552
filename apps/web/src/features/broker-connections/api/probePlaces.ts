import { useMutation } from "@tanstack/react-query";
import { useTRPC } from "../../../lib/trpcClient.ts";

/** Looks for a broker's program where it usually answers, and at what is typed. */
export function useProbePlaces() {
  return useMutation(useTRPC().brokers.probe.mutationOptions());
}
