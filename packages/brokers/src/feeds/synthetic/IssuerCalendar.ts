import { civilDate, DAY_MS, dayNumber } from "../../calendar/civilDate.ts";
import { calendarBounds, nyDate } from "../../calendar/newYorkTime.ts";
import type { CorporateAction } from "../../domain/CorporateAction.ts";
import type { SyntheticInstrument } from "../syntheticInstruments.ts";
import { drawAt } from "./keyOf.ts";
import type { TradingDays } from "./TradingDays.ts";

/** Trading days in which an instrument splits at most once, and in which its price grows back afterwards. */
const SPLIT_PERIOD = 512;
const SPLIT_CHANCE = 1 / 10;
/** Cheaper shares are not split. */
const DEAR = [
  { price: 400, ratio: 4 },
  { price: 100, ratio: 2 },
] as const;
const PAID_AFTER_DAYS = 21;
const PURPOSE = { splits: 21, splitDay: 22, month: 23, day: 24 } as const;

interface SplitDay {
  readonly ordinal: number;
  readonly ratio: number;
}

interface DividendDay {
  readonly ordinal: number;
  /** Dollars a share, in whole cents. */
  readonly amount: number;
}

/**
 * What the issuer of one invented instrument does, for all time: it pays each quarter where it pays at all, and a dear
 * share is split now and then. The price steps down with both as the ex-date begins: until then it grows by what the
 * dividend yields, and after a split it grows back within two years.
 */
export class IssuerCalendar {
  readonly #instrument: SyntheticInstrument;
  readonly #days: TradingDays;
  readonly #key: number;
  readonly #splits: readonly SplitDay[];
  readonly #dividends: readonly DividendDay[];

  constructor(instrument: SyntheticInstrument, days: TradingDays, key: number) {
    this.#instrument = instrument;
    this.#days = days;
    this.#key = key;
    this.#splits = this.#planSplits();
    this.#dividends = this.#planDividends();
  }

  /** What is added to the log price of the path at a place within a trading day, from 0 as it begins to 1 as it ends. */
  logOffset(ordinal: number, place: number): number {
    let offset = 0;
    for (const split of this.#splits) {
      const since = ordinal + place - split.ordinal;
      if (split.ordinal <= ordinal && since < SPLIT_PERIOD)
        offset -= Math.log(split.ratio) * (1 - since / SPLIT_PERIOD);
    }
    return offset + this.#accrued(ordinal, place);
  }

  /** New shares for an old one through all splits after one day and up to another. */
  splitRatio(after: number, upTo: number): number {
    let ratio = 1;
    for (const split of this.#splits) if (split.ordinal > after && split.ordinal <= upTo) ratio *= split.ratio;
    return ratio;
  }

  /** What takes effect as a day begins. @param openingPrice the first price of that day, at which fractions are paid out. */
  actionsOf(ordinal: number, seed: number, openingPrice: number): readonly CorporateAction[] {
    const day = this.#days.byOrdinal(ordinal);
    if (day === undefined) return [];
    const { symbol } = this.#instrument;
    const { opensAt: at } = day;
    const idOf = (what: string): string => `synthetic-${seed}-${nyDate(at)}-${symbol}-${what}`;
    const splits = this.#splits.flatMap((split) => {
      if (split.ordinal !== ordinal) return [];
      const cashInLieuPrice = openingPrice.toFixed(2);
      const { ratio: newShares } = split;
      return { type: "split", actionId: idOf("split"), symbol, at, newShares, oldShares: 1, cashInLieuPrice } as const;
    });
    const dividends = this.#dividends.flatMap(({ ordinal: exDay, amount }) => {
      const payDay = this.#days.byOrdinal(this.#days.ordinalFrom(Math.floor(at / DAY_MS) + PAID_AFTER_DAYS));
      if (exDay !== ordinal || payDay === undefined) return [];
      const amountPerShare = amount.toFixed(2);
      const payAt = payDay.opensAt;
      return { type: "cash_dividend", actionId: idOf("dividend"), symbol, at, amountPerShare, payAt } as const;
    });
    return [...splits, ...dividends];
  }

  /** Days with actions, after one day and up to another. */
  actionDays(after: number, upTo: number): readonly number[] {
    const days = [...this.#splits, ...this.#dividends].flatMap(({ ordinal }) =>
      ordinal > after && ordinal <= upTo ? ordinal : [],
    );
    return [...new Set(days)].toSorted((a, b) => a - b);
  }

  #scale(ordinal: number): number {
    let scale = 1;
    for (const split of this.#splits) {
      const since = ordinal - split.ordinal;
      if (since >= 0 && since < SPLIT_PERIOD) scale *= split.ratio ** (since / SPLIT_PERIOD - 1);
    }
    return scale;
  }

  #accrued(ordinal: number, place: number): number {
    const next = this.#dividends.findIndex((dividend) => dividend.ordinal > ordinal);
    const from = this.#dividends[next - 1];
    const to = this.#dividends[next];
    if (from === undefined || to === undefined) return 0;
    const logYield = Math.log(1 + to.amount / (this.#instrument.anchorPrice * this.#scale(to.ordinal)));
    return (logYield * (ordinal + place - from.ordinal)) / (to.ordinal - from.ordinal);
  }

  #planSplits(): readonly SplitDay[] {
    const { kind, anchorPrice } = this.#instrument;
    const ratio = DEAR.find(({ price }) => anchorPrice >= price)?.ratio;
    if (kind !== "stock" || ratio === undefined) return [];
    const splits: SplitDay[] = [];
    for (let period = 0; period * SPLIT_PERIOD < this.#days.count; period += 1) {
      if (drawAt(this.#key, PURPOSE.splits, period) >= SPLIT_CHANCE) continue;
      const ordinal = Math.floor((period + drawAt(this.#key, PURPOSE.splitDay, period)) * SPLIT_PERIOD);
      if (ordinal > 0) splits.push({ ordinal, ratio });
    }
    return splits;
  }

  #planDividends(): readonly DividendDay[] {
    const { quarterlyDividend = 0 } = this.#instrument;
    if (quarterlyDividend === 0) return [];
    const { firstDay, lastDay } = calendarBounds();
    const firstMonth = 1 + Math.floor(drawAt(this.#key, PURPOSE.month, 0) * 3);
    const dayOfMonth = 8 + Math.floor(drawAt(this.#key, PURPOSE.day, 0) * 16);
    const dividends: DividendDay[] = [];
    for (let year = civilDate(firstDay).year; year <= civilDate(lastDay).year; year += 1) {
      for (let month = firstMonth; month <= 12; month += 3) {
        const ordinal = this.#days.ordinalFrom(dayNumber(year, month, dayOfMonth));
        const amount = Math.max(0.01, Math.round(quarterlyDividend * this.#scale(ordinal) * 100) / 100);
        dividends.push({ ordinal, amount });
      }
    }
    return dividends;
  }
}
