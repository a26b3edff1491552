import type { Timeframe } from "@trenddojo/brokers/domain";
import { useSuspenseQuery } from "@tanstack/react-query";
import { useTRPC } from "../../../lib/trpcClient.ts";

/** The newest bars of an instrument, oldest first; ticks move the last one between fetches. */
export function useBars(connectionId: string, symbol: string, timeframe: Timeframe) {
  const trpc = useTRPC();
  return useSuspenseQuery(
    trpc.marketData.bars.queryOptions({ connectionId, symbol, timeframe, limit: 500 }, { refetchInterval: 60_000 }),
  ).data;
}
