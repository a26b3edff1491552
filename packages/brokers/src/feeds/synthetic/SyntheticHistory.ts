import { type Bar, type Timeframe, TIMEFRAME_MS } from "../../domain/marketData.ts";
import { mixBits } from "../../random/mixBits.ts";
import { barStart } from "../barBucket.ts";
import type { SyntheticInstrument } from "../syntheticInstruments.ts";
import { BridgePath, STEPS_PER_DAY } from "./BridgePath.ts";
import { type DayProfile, MINUTES_PER_DAY } from "./dayProfile.ts";
import { IssuerCalendar } from "./IssuerCalendar.ts";
import { keyOf } from "./keyOf.ts";
import { tradingPause, type TradingPause } from "./tradingPause.ts";
import type { TradingDay, TradingDays } from "./TradingDays.ts";

const MINUTE_MS = TIMEFRAME_MS["1m"];

/** What all instruments of one feed share. */
export interface SyntheticMarket {
  readonly seed: number;
  readonly days: TradingDays;
  readonly volatility: DayProfile;
  readonly volume: DayProfile;
  /** Standard deviation of a year's log return of the market as a whole. */
  readonly annualVolatility: number;
  /** Whether instruments are paused, split and pay dividends. */
  readonly hasNews: boolean;
}

/**
 * The invented past and present of one instrument: a pure function of the seed, the symbol and the time. Bars of
 * every length agree with each other, since all are cut from the same path. Nothing trades in a pause; bars of before a
 * split are told in shares of after it, their volume as it was.
 */
export class SyntheticHistory {
  readonly #instrument: SyntheticInstrument;
  readonly #market: SyntheticMarket;
  readonly #key: number;
  readonly #path: BridgePath;
  readonly #issuer: IssuerCalendar | null;
  /** Bars of whole days that are over, by the day's ordinal: a year of them takes tens of milliseconds to reckon. */
  readonly #dailyBars = new Map<number, { readonly ratio: number; readonly bar: Bar }>();

  constructor(instrument: SyntheticInstrument, market: SyntheticMarket) {
    this.#instrument = instrument;
    this.#market = market;
    this.#key = keyOf(market.seed, instrument.symbol);
    this.#issuer = market.hasNews ? new IssuerCalendar(instrument, market.days, this.#key) : null;
    const { annualVolatility, beta } = instrument;
    this.#path = new BridgePath({
      key: this.#key,
      marketKey: keyOf(market.seed, ""),
      annualVolatility,
      correlation: Math.max(-0.95, Math.min(0.95, (beta * market.annualVolatility) / annualVolatility)),
    });
  }

  /** Seed of what the path does not decide: when it ticks, sizes, which side trades. */
  get tickSeed(): number {
    return mixBits(this.#key);
  }

  /** Null for an instrument whose issuer never does anything. */
  get issuer(): IssuerCalendar | null {
    return this.#issuer;
  }

  /** When it is paused on a day; undefined on most. */
  pauseOf(day: TradingDay): TradingPause | undefined {
    return this.#market.hasNews ? tradingPause(this.#key, day) : undefined;
  }

  /** Dollars, unrounded, at an instant of a trading day. */
  priceAt(day: TradingDay, epochMs: number): number {
    const place = this.#elapsed(this.#market.volatility, day, epochMs);
    return this.#dollars(this.#path.at(day.ordinal + place) + (this.#issuer?.logOffset(day.ordinal, place) ?? 0));
  }

  /** Shares traded from one instant of a day, at a full minute, to before another; a whole number. */
  volume(day: TradingDay, from: number, to: number): number {
    const pause = this.pauseOf(day);
    let shares = 0;
    for (let minute = from; minute < to; minute += MINUTE_MS) {
      if (!isWithin(pause, minute)) shares += this.#volumeWithin(day, minute, Math.min(minute + MINUTE_MS, to));
    }
    return shares;
  }

  /** Shares that its bar of the minute at an instant has once that is over. */
  volumeOfMinute(day: TradingDay, epochMs: number): number {
    const from = day.midnight + Math.floor((epochMs - day.midnight) / MINUTE_MS) * MINUTE_MS;
    return isWithin(this.pauseOf(day), from) ? 0 : this.#volumeWithin(day, from, from + MINUTE_MS);
  }

  /** The newest `limit` bars that open before `before`, formed of what came before `until`; oldest first. */
  bars(timeframe: Timeframe, limit: number, before: number, until: number): readonly Bar[] {
    const newest = Math.min(before, until) - 1;
    const bars: Bar[] = [];
    const present = this.#market.days.lastBegunAt(until)?.ordinal ?? Number.POSITIVE_INFINITY;
    for (let day = this.#market.days.lastBegunAt(newest); day !== undefined && bars.length < limit;) {
      const ratio = this.#issuer?.splitRatio(day.ordinal, present) ?? 1;
      const ofDay = this.#barsOfDay(day, timeframe, until, ratio).filter((bar) => bar.openedAt < before);
      bars.push(...ofDay.toReversed());
      day = this.#market.days.byOrdinal(day.ordinal - 1);
    }
    return bars.slice(0, limit).reverse();
  }

  /** @param ratio new shares for one of that day's, through the splits since. */
  #barsOfDay(day: TradingDay, timeframe: Timeframe, until: number, ratio: number): readonly Bar[] {
    if (timeframe !== "1d" || until < day.closesAt) return this.#cutBars(day, timeframe, until, ratio);
    const known = this.#dailyBars.get(day.ordinal);
    if (known?.ratio === ratio) return [known.bar];
    const cut = this.#cutBars(day, timeframe, until, ratio);
    const [bar] = cut;
    if (bar !== undefined) this.#dailyBars.set(day.ordinal, { ratio, bar });
    return cut;
  }

  #cutBars(day: TradingDay, timeframe: Timeframe, until: number, ratio: number): readonly Bar[] {
    const steps = this.#stepsOf(day, ratio);
    const end = Math.min(day.closesAt, until);
    const pause = this.pauseOf(day);
    const bars: Bar[] = [];
    for (let from = day.opensAt; from < end;) {
      const openedAt = barStart(timeframe, from);
      const to = timeframe === "1d" ? end : Math.min(openedAt + TIMEFRAME_MS[timeframe], end);
      const parts = tradedSpans(from, to, pause).map((span) => this.#bar(day, steps, openedAt, span.from, span.to));
      const [first, second] = parts;
      if (first !== undefined) bars.push(second === undefined ? first : joined(first, second));
      from = to;
    }
    return bars;
  }

  #bar(day: TradingDay, steps: Float64Array, openedAt: number, from: number, to: number): Bar {
    const { volatility } = this.#market;
    const first = this.#elapsed(volatility, day, from) * STEPS_PER_DAY;
    const last = this.#elapsed(volatility, day, to) * STEPS_PER_DAY;
    const open = interpolate(steps, first);
    const close = interpolate(steps, last);
    let high = Math.max(open, close);
    let low = Math.min(open, close);
    for (let step = Math.ceil(first); step < last; step += 1) {
      const value = steps[step] ?? open;
      if (value > high) high = value;
      if (value < low) low = value;
    }
    return {
      openedAt,
      open: this.#cents(open),
      high: this.#cents(high),
      low: this.#cents(low),
      close: this.#cents(close),
      volume: this.volume(day, from, to),
    };
  }

  /** Shares within one minute: the usual, times the luck of the day, times the luck of the minute. */
  #volumeWithin(day: TradingDay, from: number, to: number): number {
    const { volume } = this.#market;
    const share = this.#elapsed(volume, day, to) - this.#elapsed(volume, day, from);
    const minute = Math.floor((from - day.midnight) / MINUTE_MS);
    const luck = this.#luck(day.ordinal, MINUTES_PER_DAY + 1) * this.#luck(day.ordinal, minute);
    return Math.round(this.#instrument.dailyVolume * share * luck);
  }

  /** Between a half and three halves, one on average. */
  #luck(ordinal: number, minute: number): number {
    return 0.5 + mixBits(this.#key ^ Math.imul(ordinal * 2048 + minute, 0xc2b2ae35)) / 2 ** 32;
  }

  /** A day of 23 or 25 hours is stretched over the profile's 24. */
  #elapsed(profile: DayProfile, { midnight, nextMidnight }: TradingDay, epochMs: number): number {
    return profile.elapsed(((epochMs - midnight) / (nextMidnight - midnight)) * MINUTES_PER_DAY);
  }

  /** The day's log prices, for a share of `ratio` to one of that day's. */
  #stepsOf({ ordinal }: TradingDay, ratio: number): Float64Array {
    const steps = this.#path.day(ordinal);
    const first = (this.#issuer?.logOffset(ordinal, 0) ?? 0) - Math.log(ratio);
    const last = (this.#issuer?.logOffset(ordinal, 1) ?? 0) - Math.log(ratio);
    if (first === 0 && last === 0) return steps;
    for (let step = 0; step <= STEPS_PER_DAY; step += 1) {
      steps[step] = (steps[step] ?? 0) + first + ((last - first) * step) / STEPS_PER_DAY;
    }
    return steps;
  }

  #dollars(log: number): number {
    return this.#instrument.anchorPrice * Math.exp(log);
  }

  #cents(log: number): number {
    return Math.max(1, Math.round(this.#dollars(log) * 100)) / 100;
  }
}

function interpolate(steps: Float64Array, at: number): number {
  const index = Math.min(Math.floor(at), STEPS_PER_DAY - 1);
  const left = steps[index] ?? 0;
  return left + ((steps[index + 1] ?? left) - left) * (at - index);
}

const isWithin = (pause: TradingPause | undefined, at: number): boolean =>
  pause !== undefined && at >= pause.from && at < pause.to;

/** What a pause leaves of a span of time; nothing, or up to two parts. */
function tradedSpans(from: number, to: number, pause: TradingPause | undefined): readonly TradingPause[] {
  if (pause === undefined || pause.to <= from || pause.from >= to) return [{ from, to }];
  return [
    { from, to: Math.min(to, pause.from) },
    { from: Math.max(from, pause.to), to },
  ].filter((span) => span.from < span.to);
}

/** The bar of two parts of one bar. */
function joined(first: Bar, second: Bar): Bar {
  return {
    ...first,
    high: Math.max(first.high, second.high),
    low: Math.min(first.low, second.low),
    close: second.close,
    volume: first.volume + second.volume,
  };
}
