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
/** A list that is scrolled changes each frame; the desk takes 20 messages a second, and each change is two. */
const CHANGE_EVERY_MS = 400;

interface Asked {
  readonly counts: Map<string, number>;
  timer: Disposable | undefined;
  /** The symbols of the running subscription, sorted and joined. */
  running: string;
  /** When it was opened, monotonic milliseconds. */
  openedAt: number;
  stop: (() => void) | undefined;
}

export function createQuoteFeed({ clock, store, open, onError }: QuoteFeedOptions): QuoteFeed {
  const connections = new Map<string, Asked>();

  const refresh = (connectionId: string, asked: Asked) => {
    asked.timer = undefined;
    const symbols = [...asked.counts.keys()].toSorted();
    const wanted = symbols.join(" ");
    if (wanted === asked.running) return;
    let stopBefore = asked.stop;
    asked.running = wanted;
    asked.openedAt = clock.monotonic();
    if (symbols.length === 0) {
      asked.stop = undefined;
      stopBefore?.();
      connections.delete(connectionId);
      return;
    }
    // Until the new one tells something the old one does: one that is refused leaves no row without a price.
    const endBefore = () => {
      stopBefore?.();
      stopBefore = undefined;
    };
    const stop = keepSubscribed<QuoteBatch>({
      clock,
      open: (events) => open({ connectionId, symbols }, events),
      onStarted: endBefore,
      onData: (batch) => store.apply(connectionId, batch, clock.monotonic()),
      onError,
    });
    asked.stop = () => {
      endBefore();
      stop();
    };
  };

  const refreshSoon = (connectionId: string, asked: Asked) => {
    const waitMs = Math.max(GATHER_MS, asked.openedAt + CHANGE_EVERY_MS - clock.monotonic());
    asked.timer ??= clock.setTimer(waitMs, () => refresh(connectionId, asked));
  };

  return {
    retain(connectionId, symbol) {
      const asked = connections.get(connectionId) ?? {
        counts: new Map(),
        timer: undefined,
        running: "",
        openedAt: -Infinity,
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
