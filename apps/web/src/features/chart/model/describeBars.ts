import type { Timeframe } from "@trenddojo/brokers/domain";
import type { BarView } from "@trenddojo/server/wire";
import { formatDecimal, PRICE } from "../../../lib/decimalText.ts";

const TIMEFRAME_NAMES = {
  "1m": "1 minute",
  "5m": "5 minutes",
  "15m": "15 minutes",
  "1h": "1 hour",
  "1d": "1 day",
} as const satisfies Record<Timeframe, string>;

/** The chart in a sentence, for those who cannot see it. */
export function describeBars(symbol: string, timeframe: Timeframe, bars: readonly BarView[]): string {
  const first = bars[0];
  const last = bars.at(-1);
  if (first === undefined || last === undefined) return `${symbol}: no bars`;
  const high = Math.max(...bars.map((bar) => bar.high));
  const low = Math.min(...bars.map((bar) => bar.low));
  const show = (price: number) => formatDecimal(price, PRICE);
  return `${symbol}, ${bars.length} candles of ${TIMEFRAME_NAMES[timeframe]}: from ${show(first.open)} to ${show(last.close)}, high ${show(high)}, low ${show(low)}`;
}
