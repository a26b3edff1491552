import type { CorporateAction } from "../../domain/CorporateAction.ts";
import type { Bar, FeedState, MarketData, Timeframe } from "../../domain/marketData.ts";
import { SeededRandom } from "../../random/SeededRandom.ts";
import { barStart } from "../barBucket.ts";
import { BarSeries } from "../BarSeries.ts";
import { joinBars } from "../joinBars.ts";
import type { SyntheticInstrument } from "../syntheticInstruments.ts";
import { SyntheticHistory, type SyntheticMarket } from "./SyntheticHistory.ts";
import type { MarketNews } from "../../domain/MarketNews.ts";
import { SyntheticQuote, type TickTime } from "./SyntheticQuote.ts";
import type { TradingDay } from "./TradingDays.ts";

const SECOND_MS = 1000;
/** Later than this, what was missed is not made up for: the machine slept. */
const LONGEST_ARREARS_MS = 1000;
const PAUSE_LOOKS_BACK_MS = 300_000;

/** Who hears what an instrument has to say. */
export interface SyntheticSink {
  tick(tick: MarketData): void;
  news(news: MarketNews): void;
}

/** One instrument of a synthetic feed: its path, its quote, its news, when it ticks next, and the bars that its ticks made. */
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
  #isPaused = false;
  /** What has been told of today's official prices. */
  #told: "none" | "open" | "close" = "none";

  constructor(instrument: SyntheticInstrument, market: SyntheticMarket, ticksPerSecond: number) {
    this.instrument = instrument;
    this.#market = market;
    this.#history = new SyntheticHistory(instrument, market);
    this.#random = new SeededRandom(this.#history.tickSeed);
    this.#quote = new SyntheticQuote(instrument, this.#history, this.#random, ticksPerSecond);
    this.#ticksPerSecond = ticksPerSecond;
  }

  /** Takes up the market where the path stands, and answers the pause that is on, if there is one. */
  begin({ day, at }: TickTime): MarketNews | undefined {
    const pause = this.#history.pauseOf(day);
    this.#isPaused = pause !== undefined && at >= pause.from && at < pause.to;
    this.#told = at < day.officialOpenAt ? "none" : at < day.officialCloseAt ? "open" : "close";
    if (pause === undefined || !this.#isPaused) return undefined;
    return this.#pauseNews(day, pause.from);
  }

  /** The first tick. */
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

  /** Tells what is due at `time`: news, then ticks, and one that says so where the market has just closed. */
  tick(time: TickTime, sink: SyntheticSink): void {
    const { day, at } = time;
    if (day.ordinal !== this.#dayOrdinal) this.#beginDay(day, sink);
    this.#tellPause(time, sink);
    this.#tellAuctions(time, sink);
    if (at >= day.closesAt) {
      if (this.#state === "closed") return;
      this.#state = "closed";
      sink.tick(this.#quote.toTick(time, "closed"));
      return;
    }
    this.#state = "streaming";
    this.#nextTickAt = Math.max(this.#nextTickAt, at - LONGEST_ARREARS_MS);
    for (; this.#nextTickAt <= at; this.#nextTickAt += this.#gapMs()) {
      const isPrint = this.#quote.step(time);
      const tick = this.#quote.toTick(time, "streaming");
      if (isPrint) this.#series.addPrint(at, tick.last ?? 0, tick.lastSize ?? 0);
      sink.tick(tick);
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

  #beginDay(day: TradingDay, sink: SyntheticSink): void {
    const { issuer } = this.#history;
    const before = this.#dayOrdinal;
    this.#dayOrdinal = day.ordinal;
    this.#told = "none";
    const isSplit = (issuer?.splitRatio(before, day.ordinal) ?? 1) !== 1;
    this.#quote.beginDay(this.#previousClose(day), isSplit);
    const yesterday = this.#market.days.byOrdinal(day.ordinal - 1);
    // The path tells the bars of before a split in shares of after it; those that ticks made are in shares of before.
    this.#series.dropBefore(isSplit ? day.opensAt : (yesterday?.midnight ?? day.midnight));
    for (const action of this.actions(before, day.ordinal)) sink.news({ kind: "corporate_action", action });
  }

  /** What its issuer did after one day and up to another, oldest first. */
  actions(after: number, upTo: number): readonly CorporateAction[] {
    const { issuer } = this.#history;
    if (issuer === null) return [];
    return issuer.actionDays(after, upTo).flatMap((ordinal) => {
      const day = this.#market.days.byOrdinal(ordinal);
      const price = day === undefined ? 0 : this.#history.priceAt(day, day.opensAt);
      return issuer.actionsOf(ordinal, this.#market.seed, price);
    });
  }

  #tellPause({ day, at }: TickTime, sink: SyntheticSink): void {
    const pause = this.#history.pauseOf(day);
    const isPaused = pause !== undefined && at >= pause.from && at < pause.to;
    if (isPaused === this.#isPaused) return;
    this.#isPaused = isPaused;
    const { symbol } = this.instrument;
    sink.news(isPaused ? this.#pauseNews(day, at) : { kind: "status", status: { symbol, status: "resumed", at } });
  }

  /** The price was on its way to the limit when it was paused. */
  #pauseNews(day: TradingDay, at: number): MarketNews {
    const isUp = this.#history.priceAt(day, at) >= this.#history.priceAt(day, at - PAUSE_LOOKS_BACK_MS);
    const reason = isUp ? "limit up" : "limit down";
    return { kind: "status", status: { symbol: this.instrument.symbol, status: "paused", at, reason } };
  }

  /** The exchange's opening and closing price, where it has sessions; one that was slept through is not told later. */
  #tellAuctions({ day, at }: TickTime, sink: SyntheticSink): void {
    if (this.#market.days.isAlwaysOpen) return;
    for (const { kind, dueAt } of [
      { kind: "open", dueAt: day.officialOpenAt },
      { kind: "close", dueAt: day.officialCloseAt },
    ] as const) {
      if (at < dueAt || this.#told === kind || this.#told === "close") continue;
      this.#told = kind;
      if (at - dueAt > LONGEST_ARREARS_MS) continue;
      const price = this.#centsAt(day, dueAt);
      const size = this.#history.volumeOfMinute(day, kind === "open" ? dueAt : dueAt - 1);
      const { symbol } = this.instrument;
      if (size > 0) sink.news({ kind: "auction", auction: { symbol, kind, price, size, at } });
    }
  }

  #previousClose(day: TradingDay): number | null {
    const yesterday = this.#market.days.byOrdinal(day.ordinal - 1);
    if (yesterday === undefined) return null;
    const ratio = this.#history.issuer?.splitRatio(yesterday.ordinal, day.ordinal) ?? 1;
    return Math.round((this.#history.priceAt(yesterday, yesterday.officialCloseAt) * 100) / ratio) / 100;
  }

  #centsAt(day: TradingDay, at: number): number {
    return Math.round(this.#history.priceAt(day, at) * 100) / 100;
  }

  /** Milliseconds to the next tick: irregular, but never far from the usual, so that a quiet name is not taken for a dead one. */
  #gapMs(): number {
    return (SECOND_MS / this.#ticksPerSecond) * (0.4 + 1.2 * this.#random.next());
  }
}
