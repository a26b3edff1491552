import { nyDate, nyMidnight } from "@trenddojo/brokers";
import { TIMEFRAME_MS, type Timeframe } from "@trenddojo/brokers/domain";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** A length of bars that can be asked for, and the feed's own bars that it is made of. */
export interface BarSize {
  readonly source: Timeframe;
  /** Milliseconds of the clock; of a week and a month about as many. */
  readonly lengthMs: number;
  /** A day or longer: told by their date alone. */
  readonly isDaily: boolean;
  /** When the bar begins that holds this instant. */
  readonly startOf: (at: number) => number;
}

const within = (lengthMs: number, source: Timeframe): BarSize => ({
  source,
  lengthMs,
  isDaily: false,
  // Of hours and their multiples New York's midnight is a start: its offset is a whole number of hours.
  startOf: (at) => {
    const midnight = nyMidnight(nyDate(at));
    return midnight + Math.floor((at - midnight) / lengthMs) * lengthMs;
  },
});

const weekOf = (at: number): number => {
  const midnight = nyMidnight(nyDate(at));
  const weekday = (new Date(`${nyDate(at)}T00:00:00Z`).getUTCDay() + 6) % 7;
  return nyMidnight(nyDate(midnight - weekday * DAY_MS + DAY_MS / 2));
};

const SIZES: Readonly<Record<string, BarSize>> = {
  "1 min": within(MINUTE_MS, "1m"),
  "2 mins": within(2 * MINUTE_MS, "1m"),
  "3 mins": within(3 * MINUTE_MS, "1m"),
  "5 mins": within(5 * MINUTE_MS, "5m"),
  "10 mins": within(10 * MINUTE_MS, "5m"),
  "15 mins": within(15 * MINUTE_MS, "15m"),
  "20 mins": within(20 * MINUTE_MS, "5m"),
  "30 mins": within(30 * MINUTE_MS, "15m"),
  "1 hour": within(HOUR_MS, "1h"),
  "2 hours": within(2 * HOUR_MS, "1h"),
  "3 hours": within(3 * HOUR_MS, "1h"),
  "4 hours": within(4 * HOUR_MS, "1h"),
  "8 hours": within(8 * HOUR_MS, "1h"),
  "1 day": { source: "1d", lengthMs: DAY_MS, isDaily: true, startOf: (at) => nyMidnight(nyDate(at)) },
  "1 week": { source: "1d", lengthMs: 7 * DAY_MS, isDaily: true, startOf: weekOf },
  "1 month": {
    source: "1d",
    lengthMs: 30 * DAY_MS,
    isDaily: true,
    startOf: (at) => nyMidnight(`${nyDate(at).slice(0, 7)}-01`),
  },
};

/** Other ways of writing the same. Source: https://www.interactivebrokers.com/campus/ibkr-api-page/twsapi-doc/#hist-bar-size */
const ALIASES: Readonly<Record<string, string>> = {
  "1 mins": "1 min",
  "1 hours": "1 hour",
  "1 days": "1 day",
  "1D": "1 day",
  "1W": "1 week",
  "1M": "1 month",
};

/** Sizes below a minute, which exist, and of which this market keeps nothing. */
const SECONDS = /^(1 secs?|(5|10|15|30) secs)$/;

/** Undefined for a size that TWS does not know; null for one that it knows and this market has no bars of. */
export function barSizeOf(text: string): BarSize | null | undefined {
  if (SECONDS.test(text)) return null;
  return SIZES[ALIASES[text] ?? text];
}

/** The longest of the feed's bars is a day. */
export function sourceCount({ source }: BarSize, spanMs: number): number {
  return Math.ceil(spanMs / TIMEFRAME_MS[source]) + 2;
}
