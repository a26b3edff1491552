import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "../../../lib/trpcClient.ts";

/** The steps of an order's instrument; undefined until the connection has told them. */
export function useOrderInstrument(connectionId: string, symbol: string) {
  const trpc = useTRPC();
  return useQuery(trpc.marketData.instrument.queryOptions({ connectionId, symbol }, { staleTime: 3_600_000 })).data;
}
