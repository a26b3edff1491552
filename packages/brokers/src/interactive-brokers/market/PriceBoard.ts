import type { Unsubscribe } from "../../BrokerClient.ts";
import { CallbackSet, callSafely } from "../../CallbackSet.ts";
import type { FeedState, MarketData } from "../../domain/marketData.ts";
import type { PriceTold } from "./Ticker.ts";

interface Watched {
  readonly callbacks: CallbackSet<MarketData>;
  /** What was said last of how far the price can be trusted. */
  lastState: FeedState | null;
}

export interface PriceBoardOptions {
  /** What the symbol's line tells now; undefined where nothing. */
  readonly viewOf: (symbol: string) => PriceTold | undefined;
  readonly stateOf: (data: PriceTold) => FeedState;
  readonly onFirst: (symbol: string) => void;
  readonly onLast: (symbol: string) => void;
  readonly onError: (error: unknown) => void;
}

/** The latest price of each symbol that anyone asked for, and those who watch it. */
export class PriceBoard {
  readonly #options: PriceBoardOptions;
  readonly #latest = new Map<string, PriceTold>();
  readonly #watched = new Map<string, Watched>();
  /** Of which something came since they were told. */
  readonly #changed = new Set<string>();

  constructor(options: PriceBoardOptions) {
    this.#options = options;
  }

  get symbols(): readonly string[] {
    return [...this.#watched.keys()];
  }

  latest(symbol: string): MarketData | undefined {
    if (this.#changed.has(symbol)) this.#read(symbol);
    const told = this.#latest.get(symbol);
    return told === undefined ? undefined : this.#view(told);
  }

  /** The latest value soon, where there is one, never within this call; then each change. */
  subscribe(symbol: string, callback: (data: MarketData) => void): Unsubscribe {
    const { onError, onFirst, onLast } = this.#options;
    const known = this.#watched.get(symbol);
    const watched: Watched = known ?? { callbacks: new CallbackSet<MarketData>(onError), lastState: null };
    this.#watched.set(symbol, watched);
    const remove = watched.callbacks.add(callback);
    let isActive = true;
    if (known === undefined) onFirst(symbol);
    queueMicrotask(() => {
      const latest = this.latest(symbol);
      if (!isActive || latest === undefined || this.#watched.get(symbol) !== watched) return;
      watched.lastState = latest.feed;
      callSafely(callback, latest, onError);
    });
    return () => {
      if (!isActive) return;
      isActive = false;
      remove();
      if (watched.callbacks.size > 0 || this.#watched.get(symbol) !== watched) return;
      this.#watched.delete(symbol);
      onLast(symbol);
    };
  }

  /**
   * Something of the symbol came. Those who watch it are told once what came in one packet is read: bid, ask and their sizes
   * come apart, and half of a quote is none.
   */
  changed(symbol: string): void {
    if (this.#changed.size === 0) queueMicrotask(() => this.#tellChanged());
    this.#changed.add(symbol);
  }

  /** A price that was asked for by itself. @returns what is the latest now */
  take(told: PriceTold): MarketData {
    const known = this.#latest.get(told.symbol);
    if (known === undefined || told.receivedAt >= known.receivedAt) {
      this.#latest.set(told.symbol, told);
      if (known === undefined || !isSamePrice(known, told)) this.#tell(told.symbol);
    }
    return this.#view(this.#latest.get(told.symbol) ?? told);
  }

  /** Tells again those whose price grew stale, or whose market closed, without a tick. */
  refresh(): void {
    for (const [symbol, { lastState }] of this.#watched) {
      const latest = this.latest(symbol);
      if (latest !== undefined && lastState !== null && latest.feed !== lastState) this.#tell(symbol);
    }
  }

  clear(): void {
    for (const { callbacks } of this.#watched.values()) callbacks.clear();
    this.#watched.clear();
    this.#latest.clear();
    this.#changed.clear();
  }

  #view(told: PriceTold): MarketData {
    const { type: _type, ...data } = told;
    return { ...data, feed: this.#options.stateOf(told) };
  }

  #tellChanged(): void {
    const symbols = [...this.#changed];
    for (const symbol of symbols) {
      this.#read(symbol);
      this.#tell(symbol);
    }
  }

  #read(symbol: string): void {
    this.#changed.delete(symbol);
    const told = this.#options.viewOf(symbol);
    if (told !== undefined) this.#latest.set(symbol, told);
  }

  #tell(symbol: string): void {
    const watched = this.#watched.get(symbol);
    const latest = this.latest(symbol);
    if (watched === undefined || latest === undefined) return;
    watched.lastState = latest.feed;
    watched.callbacks.notify(latest);
  }
}

function isSamePrice(a: PriceTold, b: PriceTold): boolean {
  return a.bid === b.bid && a.ask === b.ask && a.last === b.last && a.bidSize === b.bidSize && a.askSize === b.askSize;
}
