import type { Unsubscribe } from "../../BrokerClient.ts";
import { callSafely, CallbackSet } from "../../CallbackSet.ts";
import type { FeedState, MarketData } from "../../domain/marketData.ts";
import type { WireSnapshot } from "../rest/wireMarket.ts";
import type { MarketEvent } from "../stream/marketEvent.ts";
import { HaltBoard } from "./HaltBoard.ts";
import { afterEvent, ofSnapshot } from "./toMarketData.ts";

interface Watched {
  readonly callbacks: CallbackSet<MarketData>;
  /** What was said last of how far the price can be trusted. */
  lastState: FeedState | null;
}

export interface QuoteBoardOptions {
  /** Our clock, epoch milliseconds. */
  readonly now: () => number;
  /** How far a price can be trusted now. */
  readonly stateOf: (data: MarketData) => FeedState;
  readonly onFirst: (symbol: string) => void;
  readonly onLast: (symbol: string) => void;
  readonly onError: (error: unknown) => void;
}

/** The latest price of each symbol that anyone asked for, and those who watch it. */
export class QuoteBoard {
  readonly #options: QuoteBoardOptions;
  readonly #latest = new Map<string, MarketData>();
  readonly #watched = new Map<string, Watched>();
  readonly #halts = new HaltBoard();

  constructor(options: QuoteBoardOptions) {
    this.#options = options;
  }

  get symbols(): readonly string[] {
    return [...this.#watched.keys()];
  }

  isWatched(symbol: string): boolean {
    return this.#watched.has(symbol);
  }

  latest(symbol: string): MarketData | undefined {
    const data = this.#latest.get(symbol);
    if (data === undefined) return undefined;
    const halt = this.#halts.of(symbol);
    return { ...data, feed: this.#options.stateOf(data), ...(halt === undefined ? {} : { halt }) };
  }

  /** The latest value soon, where there is one, never within this call; then each change. */
  subscribe(symbol: string, callback: (data: MarketData) => void): Unsubscribe {
    const { onError, onFirst, onLast } = this.#options;
    const watched = this.#watched.get(symbol) ?? { callbacks: new CallbackSet<MarketData>(onError), lastState: null };
    const isFirst = !this.#watched.has(symbol);
    this.#watched.set(symbol, watched);
    const remove = watched.callbacks.add(callback);
    let isActive = true;
    if (isFirst) onFirst(symbol);
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

  /** @returns what is the latest now; undefined where the snapshot has no price. */
  takeSnapshot(symbol: string, snapshot: WireSnapshot): MarketData | undefined {
    const data = ofSnapshot(symbol, snapshot, this.#options.now());
    const known = this.#latest.get(symbol);
    if (data !== undefined && (known === undefined || data.timestamp >= known.timestamp)) {
      // The stream may have been heard since; what it told stays the newest.
      this.#latest.set(
        symbol,
        known === undefined
          ? data
          : {
              ...data,
              receivedAt: Math.max(data.receivedAt, known.timestamp === data.timestamp ? known.receivedAt : 0),
            },
      );
      if (known === undefined || known.timestamp !== data.timestamp) this.#tell(symbol);
    }
    return this.latest(symbol);
  }

  takeEvent(event: MarketEvent): void {
    if (event.kind === "status") {
      if (this.#halts.take(event)) this.#tell(event.symbol);
      return;
    }
    const known = this.#latest.get(event.symbol);
    const next = afterEvent(known, event, this.#options.now());
    if (next === undefined || next === known) return;
    this.#latest.set(event.symbol, next);
    this.#tell(event.symbol);
  }

  /** Tells again those whose price grew stale, or whose market closed, without a tick. */
  refresh(): void {
    for (const [symbol, { lastState }] of this.#watched) {
      const latest = this.latest(symbol);
      if (latest !== undefined && lastState !== null && latest.feed !== lastState) this.#tell(symbol);
    }
  }

  /** The stream is gone, and what it said of halts with it. */
  lose(): void {
    this.#halts.forget();
    this.refresh();
  }

  clear(): void {
    this.#halts.forget();
    for (const { callbacks } of this.#watched.values()) callbacks.clear();
    this.#watched.clear();
    this.#latest.clear();
  }

  #tell(symbol: string): void {
    const watched = this.#watched.get(symbol);
    const latest = this.latest(symbol);
    if (watched === undefined || latest === undefined) return;
    watched.lastState = latest.feed;
    watched.callbacks.notify(latest);
  }
}
