import { alwaysOpenSession, sessionAt, sessionMemo, type ExchangeSession, type MarketFeed } from "@trenddojo/brokers";
import type { Instrument, MarketData, MarketNews } from "@trenddojo/brokers/domain";
import { DelayedTape } from "./DelayedTape.ts";

/** What a symbol did in the market day that is on. */
export interface DayRange {
  readonly open: number | null;
  readonly high: number | null;
  readonly low: number | null;
}

/** Hears what happens in the market, in its order. */
export interface MarketListener {
  readonly onTick: (tick: MarketData) => void;
  /** Before the ticks that it changes. */
  readonly onNews: (news: MarketNews) => void;
}

/** The market that the gateway sees: a feed, its time and hours, and the range of each symbol's day. */
export class TwsMarket {
  readonly feed: MarketFeed;
  readonly sessionOf: (at: number) => ExchangeSession;
  readonly delayed = new DelayedTape();
  readonly #days = new Map<string, DayRange>();
  readonly #volumes = new Map<string, number>();
  readonly #listeners = new Set<MarketListener>();
  #unsubscribe: () => void = () => undefined;

  constructor(feed: MarketFeed) {
    this.feed = feed;
    this.sessionOf = sessionMemo(feed.description.alwaysOpen ? alwaysOpenSession : sessionAt);
  }

  /** Opens the feed; resolves when the day so far is known. */
  async start(): Promise<void> {
    await this.feed.start();
    for (const { symbol } of this.feed.instruments()) {
      const [day] = await this.feed.bars({ symbol, timeframe: "1d", limit: 1 });
      if (day !== undefined) this.#days.set(symbol, { open: day.open, high: day.high, low: day.low });
      const latest = this.feed.latest(symbol);
      this.#volumes.set(symbol, latest?.volume ?? 0);
      if (latest !== undefined) this.delayed.add(latest, this.now());
    }
    const ends = [
      this.feed.subscribeNews((news) => {
        for (const listener of this.#listeners) listener.onNews(news);
      }),
      this.feed.subscribeAll((tick) => this.#onTick(tick)),
    ];
    this.#unsubscribe = () => ends.forEach((end) => end());
  }

  async close(): Promise<void> {
    this.#unsubscribe();
    await this.feed[Symbol.asyncDispose]();
  }

  listen(listener: MarketListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The market's time, epoch milliseconds. */
  now(): number {
    return this.feed.marketNow();
  }

  instruments(): readonly Instrument[] {
    return this.feed.instruments();
  }

  instrument(symbol: string): Instrument | undefined {
    return this.feed.instrument(symbol);
  }

  latest(symbol: string): MarketData | undefined {
    return this.feed.latest(symbol);
  }

  /** Null where nothing was printed yet. */
  day(symbol: string): DayRange {
    return this.#days.get(symbol) ?? { open: null, high: null, low: null };
  }

  #onTick(tick: MarketData): void {
    const { symbol, last, volume } = tick;
    this.delayed.add(tick, this.now());
    const before = this.#volumes.get(symbol) ?? 0;
    if (last !== null && volume !== before) this.#days.set(symbol, widened(this.day(symbol), last, volume < before));
    this.#volumes.set(symbol, volume);
    for (const listener of this.#listeners) listener.onTick(tick);
  }
}

/** A day's volume only grows: where it falls, another day has begun. */
function widened({ open, high, low }: DayRange, last: number, isNewDay: boolean): DayRange {
  if (isNewDay || open === null) return { open: last, high: last, low: last };
  return { open, high: Math.max(high ?? last, last), low: Math.min(low ?? last, last) };
}
