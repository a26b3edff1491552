import { newYorkDay, newYorkInstant } from "../calendar/newYorkTime.ts";
import { type Timeframe, TIMEFRAME_MS } from "../domain/marketData.ts";

/**
 * Start of the bar that an instant falls in, epoch milliseconds. Bars within a day begin at multiples of their length
 * on the clock (an hourly bar at the full hour); a daily bar at midnight New York.
 * @throws CalendarRangeError for "1d" outside 2010 to 2035.
 */
export function barStart(timeframe: Timeframe, epochMs: number): number {
  if (timeframe === "1d") return newYorkInstant(newYorkDay(epochMs), 0);
  return Math.floor(epochMs / TIMEFRAME_MS[timeframe]) * TIMEFRAME_MS[timeframe];
}
