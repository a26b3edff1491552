import { type Bar, type Timeframe, TIMEFRAME_MS } from "../../domain/marketData.ts";
import { mixBits } from "../../random/mixBits.ts";
import { barStart } from "../barBucket.ts";
import type { SyntheticInstrument } from "../syntheticInstruments.ts";
import { BridgePath, STEPS_PER_DAY } from "./BridgePath.ts";
import { type DayProfile, MINUTES_PER_DAY } from "./dayProfile.ts";
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
}

/**
 * The invented past and present of one instrument: a pure function of the seed, the symbol and the time. Bars of
 * every length agree with each other, since all are cut from the same path.
 */
export class SyntheticHistory {
  readonly #instrument: SyntheticInstrument;
  readonly #market: SyntheticMarket;
  readonly #key: number;
  readonly #path: BridgePath;
  /** Bars of whole days that are over, by the day's ordinal: a year of them takes tens of milliseconds to reckon. */
  readonly #dailyBars = new Map<number, Bar>();

  constructor(instrument: SyntheticInstrument, market: SyntheticMarket) {
    this.#instrument = instrument;
    this.#market = market;
    this.#key = keyOf(market.seed, instrument.symbol);
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

  /** Dollars, unrounded, at an instant of a trading day. */
  priceAt(day: TradingDay, epochMs: number): number {
    return this.#dollars(this.#path.at(day.ordinal + this.#elapsed(this.#market.volatility, day, epochMs)));
  }

  /** Shares traded from one instant of a day, at a full minute, to before another; a whole number. */
  volume(day: TradingDay, from: number, to: number): number {
    let shares = 0;
    for (let minute = from; minute < to; minute += MINUTE_MS) {
      shares += this.#volumeWithin(day, minute, Math.min(minute + MINUTE_MS, to));
    }
    return shares;
  }

  /** Shares that its bar of the minute at an instant has once that is over. */
  volumeOfMinute(day: TradingDay, epochMs: number): number {
    const from = day.midnight + Math.floor((epochMs - day.midnight) / MINUTE_MS) * MINUTE_MS;
    return this.#volumeWithin(day, from, from + MINUTE_MS);
  }

  /** The newest `limit` bars that open before `before`, formed of what came before `until`; oldest first. */
  bars(timeframe: Timeframe, limit: number, before: number, until: number): readonly Bar[] {
    const newest = Math.min(before, until) - 1;
    const bars: Bar[] = [];
    for (let day = this.#market.days.lastBegunAt(newest); day !== undefined && bars.length < limit;) {
      const ofDay = this.#barsOfDay(day, timeframe, until).filter((bar) => bar.openedAt < before);
      bars.push(...ofDay.reverse());
      day = this.#market.days.byOrdinal(day.ordinal - 1);
    }
    return bars.slice(0, limit).reverse();
  }

  #barsOfDay(day: TradingDay, timeframe: Timeframe, until: number): readonly Bar[] {
    if (timeframe !== "1d" || until < day.closesAt) return this.#cutBars(day, timeframe, until);
    const known = this.#dailyBars.get(day.ordinal);
    if (known !== undefined) return [known];
    const cut = this.#cutBars(day, timeframe, until);
    const [bar] = cut;
    if (bar !== undefined) this.#dailyBars.set(day.ordinal, bar);
    return cut;
  }

  #cutBars(day: TradingDay, timeframe: Timeframe, until: number): readonly Bar[] {
    const steps = this.#path.day(day.ordinal);
    const end = Math.min(day.closesAt, until);
    const bars: Bar[] = [];
    for (let from = day.opensAt; from < end;) {
      const openedAt = barStart(timeframe, from);
      const to = timeframe === "1d" ? end : Math.min(openedAt + TIMEFRAME_MS[timeframe], end);
      bars.push(this.#bar(day, steps, openedAt, from, to));
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

/** 32 bits that name a symbol's chance under a seed. */
function keyOf(seed: number, symbol: string): number {
  let key = mixBits(seed) ^ mixBits(Math.floor(seed / 2 ** 32) + 1);
  for (const character of symbol) key = mixBits(key ^ (character.codePointAt(0) ?? 0));
  return mixBits(key);
}
