import type { Unsubscribe } from "../../BrokerClient.ts";
import { callSafely, CallbackSet } from "../../CallbackSet.ts";
import type { FeedState, MarketData } from "../../domain/marketData.ts";

interface Watched {
  readonly callbacks: CallbackSet<MarketData>;
  /** What was said last of the symbol; null before the first. */
  lastState: FeedState | null;
}

export interface PaperBackendQuotesOptions {
  /** The newest tick of a symbol, with how far it can be trusted now. */
  readonly latest: (symbol: string) => MarketData | undefined;
  readonly onError: (error: unknown) => void;
}

/** Subscriptions to quotes. They stay while a connection is being healed, and end when it is closed. */
export class PaperBackendQuotes {
  readonly #options: PaperBackendQuotesOptions;
  readonly #watched = new Map<string, Watched>();

  constructor(options: PaperBackendQuotesOptions) {
    this.#options = options;
  }

  /** The latest value soon after, never within this call; then each change. */
  subscribe(symbol: string, callback: (data: MarketData) => void): Unsubscribe {
    let watched = this.#watched.get(symbol);
    if (watched === undefined) {
      watched = { callbacks: new CallbackSet(this.#options.onError), lastState: null };
      this.#watched.set(symbol, watched);
    }
    const opened = watched;
    const { callbacks } = opened;
    let isActive = true;
    const unsubscribe = callbacks.add(callback);
    queueMicrotask(() => {
      const latest = this.#options.latest(symbol);
      if (!isActive || latest === undefined || this.#watched.get(symbol) !== opened) return;
      opened.lastState = latest.feed;
      callSafely(callback, latest, this.#options.onError);
    });
    return () => {
      isActive = false;
      unsubscribe();
      if (callbacks.size === 0 && this.#watched.get(symbol) === opened) this.#watched.delete(symbol);
    };
  }

  onTick(symbol: string): void {
    const watched = this.#watched.get(symbol);
    if (watched === undefined) return;
    const latest = this.#options.latest(symbol);
    if (latest === undefined) return;
    watched.lastState = latest.feed;
    watched.callbacks.notify(latest);
  }

  /** Tells again those whose quote grew stale, or whose market closed, without a tick. */
  refresh(): void {
    for (const [symbol, watched] of this.#watched) {
      const latest = this.#options.latest(symbol);
      if (latest !== undefined && watched.lastState !== null && watched.lastState !== latest.feed) this.onTick(symbol);
    }
  }

  clear(): void {
    for (const { callbacks } of this.#watched.values()) callbacks.clear();
    this.#watched.clear();
  }
}
