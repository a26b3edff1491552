import type { Clock } from "@trenddojo/brokers/domain";
import type { QuoteBatch } from "@trenddojo/server/wire";
import { keepSubscribed } from "./keepSubscribed.ts";
import type { SubscriptionEvents } from "./keepSubscribed.ts";
import type { QuoteStore } from "./quoteStore.ts";

/** Keeps one quotes subscription a connection for the union of the symbols that the screen shows. */
export interface QuoteFeed {
  /** Asks for a symbol until the answer is called; counted, so a symbol shown twice is asked for once. */
  retain(connectionId: string, symbol: string): () => void;
}

interface QuoteFeedOptions {
  readonly clock: Clock;
  readonly store: QuoteStore;
  readonly open: (
    input: { connectionId: string; symbols: string[] },
    events: SubscriptionEvents<QuoteBatch>,
  ) => { unsubscribe(): void };
  readonly onError: (error: unknown) => void;
}

/** A page that mounts asks for its symbols in one go: changes are gathered for this long. */
const GATHER_MS = 40;

interface Asked {
  readonly counts: Map<string, number>;
  timer: Disposable | undefined;
  /** The symbols of the running subscription, sorted and joined. */
  running: string;
  stop: (() => void) | undefined;
}

export function createQuoteFeed({ clock, store, open, onError }: QuoteFeedOptions): QuoteFeed {
  const connections = new Map<string, Asked>();

  const refresh = (connectionId: string, asked: Asked) => {
    asked.timer = undefined;
    const symbols = [...asked.counts.keys()].toSorted();
    const wanted = symbols.join(" ");
    if (wanted === asked.running) return;
    const stopBefore = asked.stop;
    asked.running = wanted;
    asked.stop =
      symbols.length === 0
        ? undefined
        : keepSubscribed<QuoteBatch>({
            clock,
            open: (events) => open({ connectionId, symbols }, events),
            onData: (batch) => store.apply(connectionId, batch, clock.monotonic()),
            onError,
          });
    stopBefore?.();
    if (symbols.length === 0) connections.delete(connectionId);
  };

  const refreshSoon = (connectionId: string, asked: Asked) => {
    asked.timer ??= clock.setTimer(GATHER_MS, () => refresh(connectionId, asked));
  };

  return {
    retain(connectionId, symbol) {
      const asked = connections.get(connectionId) ?? {
        counts: new Map(),
        timer: undefined,
        running: "",
        stop: undefined,
      };
      connections.set(connectionId, asked);
      asked.counts.set(symbol, (asked.counts.get(symbol) ?? 0) + 1);
      refreshSoon(connectionId, asked);
      let held = true;
      return () => {
        if (!held) return;
        held = false;
        const count = asked.counts.get(symbol) ?? 0;
        if (count > 1) asked.counts.set(symbol, count - 1);
        else asked.counts.delete(symbol);
        refreshSoon(connectionId, asked);
      };
    },
  };
}
