import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useTRPC } from "../../../lib/trpcClient.ts";

/** What the person has beside the password. */
export function useFactors() {
  return useSuspenseQuery(useTRPC().factors.read.queryOptions()).data;
}

/** Enrols an app (first its key, then its first code) and removes it. */
export function useChangeFactors() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const onSettled = () => queryClient.invalidateQueries({ queryKey: trpc.factors.read.queryKey() });
  return {
    begin: useMutation(trpc.factors.beginTotp.mutationOptions()),
    confirm: useMutation(trpc.factors.confirmTotp.mutationOptions({ onSettled })),
    remove: useMutation(trpc.factors.removeTotp.mutationOptions({ onSettled })),
  };
}
