import { nyMidnight } from "../../calendar/newYorkTime.ts";
import { TIMEFRAME_MS, type Bar, type BarsRequest, type Timeframe } from "../../domain/marketData.ts";
import { writeInstant } from "../ibTime.ts";

/** https://ibkrcampus.com/campus/ibkr-api-page/twsapi-doc/#hist-bar-size */
export const BAR_SIZES = {
  "1m": "1 min",
  "5m": "5 mins",
  "15m": "15 mins",
  "1h": "1 hour",
  "1d": "1 day",
} as const satisfies Record<Timeframe, string>;

/** A regular session; the hours around it may have bars too, and need not. */
const SESSION_MS = 6.5 * 3_600_000;
const TRADING_DAYS_A_YEAR = 252;
/** Above that, Interactive Brokers wants years. */
const MOST_DAYS = 365;

export interface BarSpan {
  /** "" means now. */
  readonly end: string;
  /** "5 D", "2 Y". */
  readonly duration: string;
}

/** The span that has at least as many bars as are asked for, as far as there are any. */
export function barSpan({ timeframe, limit, before }: BarsRequest): BarSpan {
  const end = before === undefined ? "" : writeInstant(before);
  // One more, for the day that is under way.
  const days = timeframe === "1d" ? limit + 1 : Math.ceil((limit * TIMEFRAME_MS[timeframe]) / SESSION_MS) + 1;
  if (days <= MOST_DAYS) return { end, duration: `${days} D` };
  return { end, duration: `${Math.ceil(days / TRADING_DAYS_A_YEAR) + 1} Y` };
}

/** When a bar opens, epoch milliseconds: told in seconds, and of a day as its date. Null where it cannot be read. */
export function barOpensAt(time: string): number | null {
  if (/^\d{8}$/.test(time)) return nyMidnight(`${time.slice(0, 4)}-${time.slice(4, 6)}-${time.slice(6)}`);
  return /^\d{9,11}$/.test(time) ? Number(time) * 1_000 : null;
}

/** The newest of what was asked for, oldest first. */
export function newestBars(bars: readonly Bar[], { limit, before }: BarsRequest): readonly Bar[] {
  return bars
    .filter(({ openedAt }) => before === undefined || openedAt < before)
    .toSorted((a, b) => a.openedAt - b.openedAt)
    .slice(-limit);
}
