import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "../../../lib/trpcClient.ts";

/** Connect, disconnect, remove, add and replace the keys: each answers when the desk knows how it went. */
export function useChangeConnection() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const refresh = async () => {
    await Promise.all([
      queryClient.invalidateQueries({ queryKey: trpc.brokers.list.queryKey() }),
      queryClient.invalidateQueries({ queryKey: trpc.accounts.list.queryKey() }),
    ]);
  };
  return {
    add: useMutation(trpc.brokers.add.mutationOptions({ onSuccess: refresh })),
    replaceKeys: useMutation(trpc.brokers.replaceCredentials.mutationOptions({ onSuccess: refresh })),
    connect: useMutation(trpc.brokers.connect.mutationOptions({ onSettled: refresh })),
    disconnect: useMutation(trpc.brokers.disconnect.mutationOptions({ onSettled: refresh })),
    remove: useMutation(trpc.brokers.remove.mutationOptions({ onSuccess: refresh })),
  };
}
