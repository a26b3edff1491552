import { sessionTimes } from "../../calendar/marketDay.ts";
import { calendarBounds, newYorkDay, newYorkInstant } from "../../calendar/newYorkTime.ts";

/** When a synthetic market ticks: at all hours, or from the exchange's pre-market to the end of its late session. */
export type SyntheticHours = "always" | "exchange";

/** A day on which the synthetic market trades. Instants in epoch milliseconds. */
export interface TradingDay {
  /** Counts the trading days from the calendar's first. */
  readonly ordinal: number;
  /** Midnight in New York, when the day begins. */
  readonly midnight: number;
  /** When it ends: 24 hours later, or 23 or 25 where the clocks change. */
  readonly nextMidnight: number;
  /** Ticks from here ... */
  readonly opensAt: number;
  /** ... to before here. */
  readonly closesAt: number;
  /** Start of the regular session, midnight where the market trades at all hours. */
  readonly officialOpenAt: number;
  /** End of the regular session: the price that the next day calls the previous close. */
  readonly officialCloseAt: number;
}

/** The days on which a synthetic market trades, numbered without gaps. */
export class TradingDays {
  readonly #hours: SyntheticHours;
  /** Day numbers of the trading days, rising. */
  readonly #days: readonly number[];

  constructor(hours: SyntheticHours) {
    this.#hours = hours;
    const { firstDay, lastDay } = calendarBounds();
    const days = Array.from({ length: lastDay - firstDay + 1 }, (_, index) => firstDay + index);
    this.#days = hours === "always" ? days : days.filter((day) => sessionTimes(day) !== null);
  }

  /** The day, and only the day, of an instant; undefined where the market does not trade on it. @throws CalendarRangeError */
  on(epochMs: number): TradingDay | undefined {
    const day = newYorkDay(epochMs);
    const ordinal = this.ordinalFrom(day);
    return this.#days[ordinal] === day ? this.byOrdinal(ordinal) : undefined;
  }

  /** The latest trading day that has begun to trade at an instant. @throws CalendarRangeError */
  lastBegunAt(epochMs: number): TradingDay | undefined {
    const today = this.on(epochMs);
    if (today !== undefined && epochMs >= today.opensAt) return today;
    return this.byOrdinal(this.ordinalFrom(newYorkDay(epochMs)) - 1);
  }

  get isAlwaysOpen(): boolean {
    return this.#hours === "always";
  }

  /** Trading days of the whole calendar. */
  get count(): number {
    return this.#days.length;
  }

  /** Undefined beyond either end of the calendar. */
  byOrdinal(ordinal: number): TradingDay | undefined {
    const day = this.#days[ordinal];
    if (day === undefined) return undefined;
    const midnight = newYorkInstant(day, 0);
    const nextMidnight = newYorkInstant(day + 1, 0);
    const times = this.#hours === "exchange" ? sessionTimes(day) : null;
    return {
      ordinal,
      midnight,
      nextMidnight,
      opensAt: times?.preOpensAt ?? midnight,
      closesAt: times?.postClosesAt ?? nextMidnight,
      officialOpenAt: times?.opensAt ?? midnight,
      officialCloseAt: times?.closesAt ?? nextMidnight,
    };
  }

  /** Ordinal of the first trading day on or after a day, counted from 1970-01-01. */
  ordinalFrom(day: number): number {
    let low = 0;
    let high = this.#days.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#days[middle] ?? Infinity) < day) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
