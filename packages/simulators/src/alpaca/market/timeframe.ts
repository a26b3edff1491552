import { newYorkTimeText, nyDate, nyMidnight } from "@trenddojo/brokers";
import type { Timeframe } from "@trenddojo/brokers/domain";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** Bars as the vendor lets them be asked for: a multiple of the feed's. */
export interface BarSpan {
  /** What the feed has, of which these are made. */
  readonly source: Timeframe;
  /** Whether the feed's bars are these already. */
  readonly isSource: boolean;
  /** Where the bar begins that holds an instant, epoch milliseconds. */
  readonly startOf: (at: number) => number;
}

const TEXT = /^(\d{1,2})?(Min|T|Hour|H|Day|D|Week|W|Month|M)$/;
const MONTHS = new Set([1, 2, 3, 4, 6, 12]);

/** Reads "1Min" to "59Min", "1Hour" to "23Hour", "1Day", "1Week", "1Month" and its multiples; undefined for any other. */
export function parseTimeframe(text: string): BarSpan | undefined {
  const [, digits = "1", unit = ""] = TEXT.exec(text) ?? [];
  const count = Number(digits);
  switch (unit) {
    case "Min":
    case "T":
      return count >= 1 && count <= 59 ? withinDay("1m", count * MINUTE_MS, count === 1) : undefined;
    case "Hour":
    case "H":
      return count >= 1 && count <= 23 ? withinDay("1h", count * 60 * MINUTE_MS, count === 1) : undefined;
    case "Day":
    case "D":
      return count === 1 ? { source: "1d", isSource: true, startOf: (at) => nyMidnight(nyDate(at)) } : undefined;
    case "Week":
    case "W":
      return count === 1 ? { source: "1d", isSource: false, startOf: weekOf } : undefined;
    case "Month":
    case "M":
      return MONTHS.has(count) ? { source: "1d", isSource: false, startOf: (at) => monthOf(at, count) } : undefined;
    default:
      return undefined;
  }
}

/** Counted from midnight in New York. */
function withinDay(source: Timeframe, spanMs: number, isSource: boolean): BarSpan {
  return {
    source,
    isSource,
    startOf: (at) => {
      const midnight = nyMidnight(nyDate(at));
      return midnight + Math.floor((at - midnight) / spanMs) * spanMs;
    },
  };
}

/** Monday, midnight in New York. */
function weekOf(at: number): number {
  const noon = Date.parse(`${nyDate(at)}T12:00:00Z`);
  const sinceMonday = (new Date(noon).getUTCDay() + 6) % 7;
  return nyMidnight(new Date(noon - sinceMonday * DAY_MS).toISOString().slice(0, 10));
}

function monthOf(at: number, count: number): number {
  const [year = "", month = ""] = newYorkTimeText(at).split("-");
  const first = Math.floor((Number(month) - 1) / count) * count + 1;
  return nyMidnight(`${year}-${String(first).padStart(2, "0")}-01`);
}
