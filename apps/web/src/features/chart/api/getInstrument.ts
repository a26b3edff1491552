import { useSuspenseQuery } from "@tanstack/react-query";
import { useTRPC } from "../../../lib/trpcClient.ts";

/** An instrument as a connection trades it. */
export function useInstrument(connectionId: string, symbol: string) {
  const trpc = useTRPC();
  return useSuspenseQuery(trpc.marketData.instrument.queryOptions({ connectionId, symbol }, { staleTime: 3_600_000 }))
    .data;
}
