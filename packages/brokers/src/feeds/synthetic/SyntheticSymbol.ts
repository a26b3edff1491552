import type { Bar, FeedState, MarketData, Timeframe } from "../../domain/marketData.ts";
import { SeededRandom } from "../../random/SeededRandom.ts";
import { barStart } from "../barBucket.ts";
import { BarSeries } from "../BarSeries.ts";
import { joinBars } from "../joinBars.ts";
import type { SyntheticInstrument } from "../syntheticInstruments.ts";
import { SyntheticHistory, type SyntheticMarket } from "./SyntheticHistory.ts";
import { SyntheticQuote, type TickTime } from "./SyntheticQuote.ts";
import type { TradingDay } from "./TradingDays.ts";

const SECOND_MS = 1000;
/** Later than this, what was missed is not made up for: the machine slept. */
const LONGEST_ARREARS_MS = 1000;

/** One instrument of a synthetic feed: its path, its quote, when it ticks next, and the bars that its ticks made. */
export class SyntheticSymbol {
  readonly instrument: SyntheticInstrument;
  readonly #market: SyntheticMarket;
  readonly #history: SyntheticHistory;
  readonly #quote: SyntheticQuote;
  readonly #random: SeededRandom;
  readonly #ticksPerSecond: number;
  readonly #series = new BarSeries();
  #dayOrdinal = -1;
  #state: FeedState = "streaming";
  #nextTickAt = 0;

  constructor(instrument: SyntheticInstrument, market: SyntheticMarket, ticksPerSecond: number) {
    this.instrument = instrument;
    this.#market = market;
    this.#history = new SyntheticHistory(instrument, market);
    this.#random = new SeededRandom(this.#history.tickSeed);
    this.#quote = new SyntheticQuote(instrument, this.#history, this.#random, ticksPerSecond);
    this.#ticksPerSecond = ticksPerSecond;
  }

  /** Takes up the market where the path stands, and answers the first tick. */
  open(time: TickTime): MarketData {
    const { day, at } = time;
    this.#dayOrdinal = day.ordinal;
    this.#state = at < day.closesAt ? "streaming" : "closed";
    this.#nextTickAt = at + this.#gapMs();
    this.#quote.open(time, this.#previousClose(day));
    const tick = this.#quote.toTick(time, this.#state);
    this.#beginSeries(tick, day);
    return tick;
  }

  /** Publishes the ticks that are due at `time`, and one that says so where the market has just closed. */
  tick(time: TickTime, publish: (tick: MarketData) => void): void {
    const { day, at } = time;
    if (at >= day.closesAt) {
      if (this.#state === "closed") return;
      this.#state = "closed";
      publish(this.#quote.toTick(time, "closed"));
      return;
    }
    if (day.ordinal !== this.#dayOrdinal) this.#beginDay(day);
    this.#state = "streaming";
    this.#nextTickAt = Math.max(this.#nextTickAt, at - LONGEST_ARREARS_MS);
    for (; this.#nextTickAt <= at; this.#nextTickAt += this.#gapMs()) {
      const isPrint = this.#quote.step(time);
      const tick = this.#quote.toTick(time, "streaming");
      if (isPrint) this.#series.addPrint(at, tick.last ?? 0, tick.lastSize ?? 0);
      publish(tick);
    }
  }

  /** Oldest first, at most `limit`, opening before `before`. */
  bars(timeframe: Timeframe, limit: number, before: number, now: number): readonly Bar[] {
    const tickedFrom = this.#series.startsAt ?? now;
    const ticked = this.#series.bars(timeframe, limit, before);
    const invented = this.#history.bars(timeframe, limit, before, tickedFrom);
    return joinBars(invented, ticked).slice(-limit);
  }

  /** The minute that is forming continues the path's, and closes at the first tick's last. */
  #beginSeries({ last, timestamp }: MarketData, day: TradingDay): void {
    if (last === null || timestamp >= day.closesAt) return;
    const openedAt = barStart("1m", timestamp);
    const [forming] = this.#history.bars("1m", 1, Infinity, timestamp);
    const isForming = forming?.openedAt === openedAt;
    const { open, high, low, volume } = isForming ? forming : { open: last, high: last, low: last, volume: 0 };
    this.#series.begin({ openedAt, open, high: Math.max(high, last), low: Math.min(low, last), close: last, volume });
  }

  #beginDay(day: TradingDay): void {
    this.#dayOrdinal = day.ordinal;
    this.#quote.beginDay(this.#previousClose(day));
    const yesterday = this.#market.days.byOrdinal(day.ordinal - 1);
    this.#series.dropBefore(yesterday?.midnight ?? day.midnight);
  }

  #previousClose(day: TradingDay): number | null {
    const yesterday = this.#market.days.byOrdinal(day.ordinal - 1);
    if (yesterday === undefined) return null;
    return Math.round(this.#history.priceAt(yesterday, yesterday.officialCloseAt) * 100) / 100;
  }

  /** Milliseconds to the next tick: irregular, but never far from the usual, so that a quiet name is not taken for a dead one. */
  #gapMs(): number {
    return (SECOND_MS / this.#ticksPerSecond) * (0.4 + 1.2 * this.#random.next());
  }
}
