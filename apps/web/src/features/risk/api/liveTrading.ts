import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import type { LiveStateView } from "@trenddojo/server/wire";
import { useEffect } from "react";
import { useDesk } from "../../../lib/desk.ts";
import { keepSubscribed } from "../../../lib/keepSubscribed.ts";
import { useTRPC, useTRPCClient } from "../../../lib/trpcClient.ts";

/** Which accounts of real money take orders now; kept fresh by `useKeepLiveFresh`. */
export function useLiveState(): LiveStateView {
  const trpc = useTRPC();
  // The stream tells of changes at once; what takes real money is worth asking for as well.
  return useSuspenseQuery(trpc.live.state.queryOptions(undefined, { refetchInterval: 10_000 })).data;
}

/** Puts it into the query cache as it changes. */
export function useKeepLiveFresh(): void {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const { clock } = useDesk();
  useEffect(
    () =>
      keepSubscribed<LiveStateView>({
        clock,
        open: (events) => client.live.states.subscribe(undefined, events),
        onData: (state) => queryClient.setQueryData(trpc.live.state.queryKey(), state),
      }),
    [client, clock, queryClient, trpc],
  );
}

/** Arms and disarms; the answer is how things stand then. */
export function useChangeLive() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const onSuccess = (state: LiveStateView) => void queryClient.setQueryData(trpc.live.state.queryKey(), state);
  return {
    arm: useMutation(trpc.live.arm.mutationOptions({ onSuccess })),
    disarm: useMutation(trpc.live.disarm.mutationOptions({ onSuccess })),
  };
}
