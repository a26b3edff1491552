import { TIMEFRAME_MS } from "@trenddojo/brokers/domain";
import type { Timeframe } from "@trenddojo/brokers/domain";
import type { BarView } from "@trenddojo/server/wire";

interface Tick {
  readonly price: number;
  /** The market's time, epoch milliseconds. */
  readonly at: number;
  /** Shares traded since the tick before. */
  readonly volume: number;
}

/** The last bar with a tick folded in, or the bar that the tick opens. Undefined for a tick from before the bar. */
export function foldTick(last: BarView, tick: Tick, timeframe: Timeframe): BarView | undefined {
  const barSeconds = TIMEFRAME_MS[timeframe] / 1000;
  const barsOn = Math.floor((tick.at / 1000 - last.time) / barSeconds);
  if (barsOn < 0) return undefined;
  const { price, volume } = tick;
  if (barsOn > 0)
    return { time: last.time + barsOn * barSeconds, open: price, high: price, low: price, close: price, volume };
  return {
    ...last,
    high: Math.max(last.high, price),
    low: Math.min(last.low, price),
    close: price,
    volume: last.volume + volume,
  };
}
