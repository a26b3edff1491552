import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { readFailure } from "../../../lib/deskError.ts";
import { useTRPC } from "../../../lib/trpcClient.ts";
import { useDesk } from "../../../lib/desk.ts";
import { useAtBeat } from "../../../lib/useNow.ts";
import { useQuote } from "../../../lib/useQuote.ts";

/** A symbol without a price for this long is looked up: most only wait for their first one. */
const PATIENCE_MS = 3_000;

/** Whether the connection says that it does not trade such a symbol. */
export function useIsUnknownSymbol(connectionId: string, symbol: string): boolean {
  const trpc = useTRPC();
  const { ticker } = useDesk();
  const [since] = useState(ticker.get);
  const isLate = useAtBeat((now) => now - since >= PATIENCE_MS);
  const isSilent = useQuote(connectionId, symbol) === undefined && isLate;
  const { error } = useQuery(
    trpc.marketData.instrument.queryOptions({ connectionId, symbol }, { enabled: isSilent, staleTime: 3_600_000 }),
  );
  if (!isSilent || error === null) return false;
  const failure = readFailure(error);
  return failure.kind === "refused" && failure.desk.code === "SYMBOL_NOT_FOUND";
}
