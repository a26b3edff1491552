import type { Clock } from "../domain/Clock.ts";
import type { CorporateAction } from "../domain/CorporateAction.ts";
import { TIMEFRAME_MS, type Bar, type BarsRequest, type Instrument, type MarketData } from "../domain/marketData.ts";
import type { MarketNews } from "../domain/MarketNews.ts";
import type { FeedDescription, FeedProgress, MarketFeed, NewsListener, TickListener } from "../feeds/MarketFeed.ts";
import { TickHub } from "../feeds/TickHub.ts";
import { instrument } from "./builders.ts";

export interface ManualFeedOptions {
  readonly clock: Clock;
  /** @default AAPL, MSFT and TSLA */
  readonly instruments?: readonly Instrument[];
  /** @default true */
  readonly alwaysOpen?: boolean;
  /** Whether its news will name openings and closings. @default false */
  readonly namesAuctions?: boolean;
  readonly muteAfterMs?: number;
}

const DEFAULT_INSTRUMENTS = [
  instrument("AAPL", "Apple Inc.", { fractionable: true }),
  instrument("MSFT", "Microsoft Corporation"),
  instrument("TSLA", "Tesla, Inc."),
];

/** A feed whose every tick a test makes; market time is the clock's. Bars are flat at the last price. */
export class ManualFeed implements MarketFeed {
  readonly description: FeedDescription;
  readonly #clock: Clock;
  readonly #instruments: ReadonlyMap<string, Instrument>;
  readonly #hub = new TickHub();
  readonly #ends = new Set<() => void>();
  #state: FeedProgress["state"] = "paused";

  constructor(options: ManualFeedOptions) {
    const { clock, instruments = DEFAULT_INSTRUMENTS, alwaysOpen = true, namesAuctions = false, muteAfterMs } = options;
    this.#clock = clock;
    this.#instruments = new Map(instruments.map((each) => [each.symbol, each]));
    this.description = {
      kind: "synthetic",
      label: "Prices made by a test",
      synthetic: true,
      alwaysOpen,
      namesAuctions,
      ...(muteAfterMs === undefined ? {} : { muteAfterMs }),
    };
  }

  get progress(): FeedProgress {
    return { state: this.#state, ticks: this.#hub.ticks, malformedRows: 0 };
  }

  start(): Promise<void> {
    if (this.#state === "paused") this.#state = "running";
    return Promise.resolve();
  }

  /** A quote with `size` shares on each side; the print stays. */
  quote(symbol: string, bid: number | null, ask: number | null, size = 1_000): void {
    const sizes = { bidSize: bid === null ? null : size, askSize: ask === null ? null : size };
    this.#publish(symbol, { bid, ask, ...sizes });
  }

  /** A print of `size` shares; the quote stays. */
  print(symbol: string, price: number, size = 100): void {
    const volume = (this.latest(symbol)?.volume ?? 0) + size;
    this.#publish(symbol, { last: price, lastSize: size, volume });
  }

  /** A halt or its end, an official price, a corporate action. */
  tell(news: MarketNews): void {
    this.#hub.publishNews(news, this.#clock.now());
  }

  /** As a tape that has run out. */
  end(): void {
    this.#state = "ended";
  }

  /** Who hears every symbol's ticks. */
  get listeners(): number {
    return this.#ends.size;
  }

  /** As a feed that forgets who listens: ticks go on, and nobody hears them until they subscribe again. */
  dropListeners(): void {
    for (const end of this.#ends) end();
    this.#ends.clear();
  }

  marketNow(): number {
    return this.#clock.now();
  }

  instruments(): readonly Instrument[] {
    return [...this.#instruments.values()];
  }

  instrument(symbol: string): Instrument | undefined {
    return this.#instruments.get(symbol);
  }

  latest(symbol: string): MarketData | undefined {
    return this.#hub.latest(symbol);
  }

  subscribe(symbol: string, listener: TickListener): () => void {
    return this.#hub.subscribe(symbol, listener);
  }

  subscribeAll(listener: TickListener): () => void {
    const end = this.#hub.subscribeAll(listener);
    this.#ends.add(end);
    return () => {
      end();
      this.#ends.delete(end);
    };
  }

  subscribeNews(listener: NewsListener): () => void {
    return this.#hub.subscribeNews(listener);
  }

  corporateActions(since: number): readonly CorporateAction[] {
    return this.#hub.corporateActions(since);
  }

  bars({ symbol, timeframe, limit, before = Number.POSITIVE_INFINITY }: BarsRequest): Promise<readonly Bar[]> {
    const price = this.latest(symbol)?.last ?? this.latest(symbol)?.ask;
    if (price === undefined || price === null) return Promise.resolve([]);
    const span = TIMEFRAME_MS[timeframe];
    const newest = Math.floor(this.marketNow() / span) * span;
    const bars = Array.from({ length: limit }, (_, index) => ({
      openedAt: newest - (limit - 1 - index) * span,
      open: price,
      high: price,
      low: price,
      close: price,
      volume: 100,
    }));
    return Promise.resolve(bars.filter(({ openedAt }) => openedAt < before));
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#hub.close();
    return Promise.resolve();
  }

  #publish(symbol: string, change: Partial<MarketData>): void {
    const now = this.#clock.now();
    const before = this.latest(symbol);
    this.#hub.publish({
      symbol,
      bid: null,
      ask: null,
      bidSize: null,
      askSize: null,
      last: null,
      lastSize: null,
      volume: 0,
      previousClose: null,
      ...before,
      timestamp: now,
      receivedAt: now,
      source: "synthetic",
      feed: "streaming",
      ...change,
    });
  }
}
