import { type Bar, type Timeframe, TIMEFRAME_MS } from "../domain/marketData.ts";
import { barStart } from "./barBucket.ts";

interface FormingBar {
  readonly openedAt: number;
  open: number;
  high: number;
  low: number;
  close: number;
  volume: number;
}

/** One symbol's minute bars, built from prints in the order of time, and the longer bars made of them. */
export class BarSeries {
  readonly #minutes: FormingBar[] = [];
  /** Shares traded in a minute that has no bar yet. */
  #held = { minute: Number.NaN, size: 0 };

  /** Start of the first minute kept, epoch milliseconds; undefined before the first print. */
  get startsAt(): number | undefined {
    return this.#minutes[0]?.openedAt;
  }

  /** Begins the series with a bar that formed before the first print. Only on an empty series. */
  begin(bar: Bar): void {
    this.#minutes.push({ ...bar });
  }

  /** @param at epoch milliseconds, never before the last print's minute. @param size shares. */
  addPrint(at: number, price: number, size: number): void {
    const forming = this.#minutes.at(-1);
    if (forming === undefined || at >= forming.openedAt + TIMEFRAME_MS["1m"]) {
      const openedAt = barStart("1m", at);
      const volume = size + (this.#held.minute === openedAt ? this.#held.size : 0);
      this.#minutes.push({ openedAt, open: price, high: price, low: price, close: price, volume });
      return;
    }
    if (price > forming.high) forming.high = price;
    if (price < forming.low) forming.low = price;
    forming.close = price;
    forming.volume += size;
  }

  /**
   * Shares of prints whose price does not count: added to the bar of the minute of `at` (epoch milliseconds), also where
   * that begins later; in none where the minute ends without a price.
   */
  addVolume(at: number, size: number): void {
    const minute = barStart("1m", at);
    const forming = this.#minutes.at(-1);
    if (forming?.openedAt === minute) forming.volume += size;
    else this.#held = { minute, size: size + (this.#held.minute === minute ? this.#held.size : 0) };
  }

  /** Forgets the minutes before an instant, so that memory stays bounded. */
  dropBefore(epochMs: number): void {
    const kept = this.#minutes.findIndex((minute) => minute.openedAt >= epochMs);
    this.#minutes.splice(0, kept === -1 ? this.#minutes.length : kept);
  }

  /** Bars that open before `before`, oldest first, at most the newest `limit`. */
  bars(timeframe: Timeframe, limit: number, before = Number.POSITIVE_INFINITY): readonly Bar[] {
    const bars: FormingBar[] = [];
    // Backward, so that a short request of a long series stays cheap.
    for (let index = this.#minutes.length - 1; index >= 0; index -= 1) {
      const minute = this.#minutes[index];
      if (minute === undefined) break;
      const openedAt = barStart(timeframe, minute.openedAt);
      if (openedAt >= before) continue;
      const forming = bars.at(-1);
      if (forming?.openedAt === openedAt) prepend(forming, minute);
      else if (bars.length === limit) break;
      else bars.push({ ...minute, openedAt });
    }
    return bars.reverse();
  }
}

function prepend(bar: FormingBar, earlier: Bar): void {
  bar.open = earlier.open;
  bar.high = Math.max(bar.high, earlier.high);
  bar.low = Math.min(bar.low, earlier.low);
  bar.volume += earlier.volume;
}
