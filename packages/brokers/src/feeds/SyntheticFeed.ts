import type { Clock } from "../domain/Clock.ts";
import type { CorporateAction } from "../domain/CorporateAction.ts";
import type { Bar, BarsRequest, Instrument, MarketData } from "../domain/marketData.ts";
import { assertBarsLimit } from "./barsLimit.ts";
import type { FeedDescription, FeedProgress, MarketFeed, NewsListener, TickListener } from "./MarketFeed.ts";
import { volatilityProfile, volumeProfile } from "./synthetic/dayProfile.ts";
import { SyntheticSymbol, type SyntheticSink } from "./synthetic/SyntheticSymbol.ts";
import { tickRates } from "./synthetic/tickRates.ts";
import { type SyntheticHours, TradingDays } from "./synthetic/TradingDays.ts";
import { SYNTHETIC_INSTRUMENTS, type SyntheticInstrument } from "./syntheticInstruments.ts";
import { throwLater } from "./throwLater.ts";
import { TickHub } from "./TickHub.ts";

export interface SyntheticFeedOptions {
  readonly clock: Clock;
  /** Names the market: the same seed has the same past and, on the same clock, the same ticks. @default 1 */
  readonly seed?: number;
  /** @default "always" */
  readonly hours?: SyntheticHours;
  /** Ticks a second of all instruments together. @default 80 */
  readonly ticksPerSecond?: number;
  /** @default SYNTHETIC_INSTRUMENTS */
  readonly instruments?: readonly SyntheticInstrument[];
  /** Trading pauses, dividends and splits. @default true */
  readonly hasNews?: boolean;
  /**
   * Hears what a tick listener throws, and the failure that silenced the feed; without it the error is thrown outside the
   * feed, for the process to report.
   */
  readonly onListenerError?: (error: unknown) => void;
}

/** How often the loop looks what is due. Ticks of one look carry one timestamp. */
const STEP_MS = 25;
/** The longest sleep while the market is closed: the wall clock may be set meanwhile. */
const CLOSED_STEP_MS = 30_000;
const MARKET_VOLATILITY = 0.16;

/**
 * Invented prices of well-known instruments. The past is a pure function of the seed, so bars of any age are there at
 * once and the same after a restart; ticks continue it, driven by one loop on the clock. A market day is New York's
 * calendar day: volume starts at zero with its first tick. Prints are at the standing bid or ask; volume rises with a print
 * and only then.
 */
export class SyntheticFeed implements MarketFeed {
  readonly description: FeedDescription;
  readonly #clock: Clock;
  readonly #onError: (error: unknown) => void;
  readonly #hub: TickHub;
  readonly #days: TradingDays;
  readonly #symbols: ReadonlyMap<string, SyntheticSymbol>;
  readonly #stopping = new AbortController();
  #loop: Promise<void> | undefined;
  #now = 0;

  /** @throws RangeError for a seed that is not a safe integer or a rate that is not positive. */
  constructor(options: SyntheticFeedOptions) {
    const {
      clock,
      seed = 1,
      hours = "always",
      ticksPerSecond = 80,
      instruments = SYNTHETIC_INSTRUMENTS,
      hasNews = true,
    } = options;
    if (!Number.isSafeInteger(seed)) throw new RangeError(`seed must be a safe integer, not ${seed}`);
    if (!(ticksPerSecond > 0 && ticksPerSecond <= 1e6)) {
      throw new RangeError(`ticksPerSecond must be above 0 and at most 1,000,000, not ${ticksPerSecond}`);
    }
    this.description = describe(seed, hours);
    this.#clock = clock;
    this.#onError = options.onListenerError ?? throwLater;
    this.#hub = new TickHub(this.#onError);
    this.#days = new TradingDays(hours);
    const market = {
      seed,
      days: this.#days,
      volatility: volatilityProfile(),
      volume: volumeProfile(),
      annualVolatility: MARKET_VOLATILITY,
      hasNews,
    };
    const rates = tickRates(instruments, ticksPerSecond);
    this.#symbols = new Map(
      instruments.map((instrument, index) => [
        instrument.symbol,
        new SyntheticSymbol(instrument, market, rates[index] ?? 1),
      ]),
    );
  }

  get progress(): FeedProgress {
    return { state: this.#loop === undefined ? "paused" : "running", ticks: this.#hub.ticks, malformedRows: 0 };
  }

  /** Ticks once for every instrument, so that each has a price, and then goes on. Idempotent. */
  async start(): Promise<void> {
    if (this.#loop !== undefined || this.#stopping.signal.aborted) return;
    const at = this.marketNow();
    const day = this.#days.lastBegunAt(at);
    if (day !== undefined) {
      const time = { day, at, receivedAt: this.#clock.now() };
      for (const symbol of this.#symbols.values()) {
        const news = symbol.begin(time);
        if (news !== undefined) this.#hub.note(news);
        this.#hub.publish(symbol.open(time));
      }
    }
    this.#loop = this.#run();
  }

  /** The clock's time, except that it never goes back. */
  marketNow(): number {
    this.#now = Math.max(this.#now, Math.floor(this.#clock.now()));
    return this.#now;
  }

  instruments(): readonly Instrument[] {
    return [...this.#symbols.values()].map(({ instrument }) => instrument);
  }

  instrument(symbol: string): Instrument | undefined {
    return this.#symbols.get(symbol)?.instrument;
  }

  latest(symbol: string): MarketData | undefined {
    return this.#hub.latest(symbol);
  }

  subscribe(symbol: string, listener: TickListener): () => void {
    return this.#hub.subscribe(symbol, listener);
  }

  subscribeAll(listener: TickListener): () => void {
    return this.#hub.subscribeAll(listener);
  }

  subscribeNews(listener: NewsListener): () => void {
    return this.#hub.subscribeNews(listener);
  }

  corporateActions(since: number): readonly CorporateAction[] {
    const now = this.marketNow();
    const first = this.#days.lastBegunAt(since)?.ordinal ?? -1;
    const last = this.#days.lastBegunAt(now)?.ordinal ?? -1;
    return [...this.#symbols.values()]
      .flatMap((symbol) => symbol.actions(first - 1, last))
      .filter(({ at }) => at > since && at <= now)
      .toSorted((a, b) => a.at - b.at);
  }

  /** As `MarketFeed.bars`; what is older than yesterday's midnight comes from the path, what was ticked since from the ticks. */
  async bars({ symbol, timeframe, limit, before }: BarsRequest): Promise<readonly Bar[]> {
    assertBarsLimit(limit);
    return this.#symbols.get(symbol)?.bars(timeframe, limit, before ?? Infinity, this.marketNow()) ?? [];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopping.abort();
    await this.#loop;
    this.#hub.close();
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    try {
      while (!signal.aborted) {
        const isOpen = this.#tick();
        await this.#clock.sleep(isOpen ? STEP_MS : CLOSED_STEP_MS, { signal });
      }
    } catch (error) {
      // Closing ends the sleep; anything else would fail again at once.
      if (!signal.aborted) this.#onError(error);
    }
  }

  /** Publishes what is due. False where the market is closed. */
  #tick(): boolean {
    const at = this.marketNow();
    const day = this.#days.lastBegunAt(at);
    if (day === undefined) return false;
    const time = { day, at, receivedAt: this.#clock.now() };
    const sink: SyntheticSink = {
      tick: (tick) => this.#hub.publish(tick),
      news: (news) => this.#hub.publishNews(news, time.receivedAt),
    };
    for (const symbol of this.#symbols.values()) symbol.tick(time, sink);
    return at < day.closesAt;
  }
}

function describe(seed: number, hours: SyntheticHours): FeedDescription {
  const when = hours === "always" ? "ticking at all hours" : "ticking in the exchange's sessions";
  return {
    kind: "synthetic",
    label: `Synthetic prices, seed ${seed}, ${when}`,
    synthetic: true,
    alwaysOpen: hours === "always",
    namesAuctions: hours === "exchange",
  };
}
