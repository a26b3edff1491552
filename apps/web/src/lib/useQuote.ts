import { useCallback, useEffect, useSyncExternalStore } from "react";
import { useDesk } from "./desk.ts";
import type { QuoteSnapshot } from "./quoteStore.ts";

/** The latest of a symbol, asked for while the component is mounted; undefined until the first one has come. */
export function useQuote(connectionId: string, symbol: string): QuoteSnapshot | undefined {
  const { quotes, quoteFeed } = useDesk();
  useEffect(() => quoteFeed.retain(connectionId, symbol), [quoteFeed, connectionId, symbol]);
  const subscribe = useCallback(
    (listener: () => void) => quotes.subscribe(connectionId, symbol, listener),
    [quotes, connectionId, symbol],
  );
  return useSyncExternalStore(subscribe, () => quotes.get(connectionId, symbol));
}
