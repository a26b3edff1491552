import { useMutation, useQuery } from "@tanstack/react-query";
import { useTRPC } from "../../../lib/trpcClient.ts";

/** Confirms that the person is there: by a code of the app, or by the password of who has none. */
export function useStepUp() {
  return useMutation(useTRPC().auth.stepUp.mutationOptions());
}

/** Whether an app is enrolled; undefined while that is asked. */
export function useHasApp(): boolean | undefined {
  return useQuery(useTRPC().factors.read.queryOptions()).data?.app;
}
