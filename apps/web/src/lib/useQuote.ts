import { useCallback, useEffect, useSyncExternalStore } from "react";
import type { Absence } from "@trenddojo/server/wire";
import { useDesk } from "./desk.ts";
import type { QuoteSnapshot } from "./quoteStore.ts";

/** The latest of a symbol, asked for while the component is mounted; undefined until the first one has come. */
export function useQuote(connectionId: string, symbol: string): QuoteSnapshot | undefined {
  const { quotes } = useDesk();
  return useSyncExternalStore(useWatch(connectionId, symbol), () => quotes.get(connectionId, symbol));
}

/**
 * What `read` makes of the latest and of the time (monotonic milliseconds), looked at with each change and once a second:
 * the component renders again only when the answer is another one. A row has a cell for each number, and most ticks
 * change one or two of them. @param read answers a plain value.
 */
export function useQuoteValue<Value extends boolean | number | string | null>(
  connectionId: string,
  symbol: string,
  read: (quote: QuoteSnapshot | undefined, now: number) => Value,
): Value {
  const { quotes, ticker } = useDesk();
  const watch = useWatch(connectionId, symbol);
  const subscribe = useCallback(
    (listener: () => void) => {
      const stops = [watch(listener), ticker.subscribe(listener)];
      return () => stops.forEach((stop) => stop());
    },
    [watch, ticker],
  );
  return useSyncExternalStore(subscribe, () => read(quotes.get(connectionId, symbol), ticker.get()));
}

/** Why there is no price of a symbol, as the desk says; null where there is one, and while it has not said. */
export function useAbsence(connectionId: string, symbol: string): Absence | null {
  const { quotes } = useDesk();
  return useSyncExternalStore(useWatch(connectionId, symbol), () => quotes.absence(connectionId, symbol));
}

/** Asks for the symbol while the component is mounted. @returns how to hear of its changes. */
function useWatch(connectionId: string, symbol: string): (listener: () => void) => () => void {
  const { quotes, quoteFeed } = useDesk();
  useEffect(() => quoteFeed.retain(connectionId, symbol), [quoteFeed, connectionId, symbol]);
  return useCallback(
    (listener: () => void) => quotes.subscribe(connectionId, symbol, listener),
    [quotes, connectionId, symbol],
  );
}
