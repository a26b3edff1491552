import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nyMidnight } from "../calendar/newYorkTime.ts";
import { TIMEFRAME_MS, TIMEFRAMES } from "../domain/marketData.ts";
import { barStart } from "./barBucket.ts";
import { BarSeries } from "./BarSeries.ts";
import { joinBars } from "./joinBars.ts";

const open = Date.parse("2026-11-20T09:30:00-05:00");

describe("BarSeries", () => {
  it("[BS1] makes minute bars of prints, and leaves out minutes without one", () => {
    const series = new BarSeries();
    series.addPrint(open + 100, 10, 100);
    series.addPrint(open + 200, 12, 50);
    series.addPrint(open + 59_999, 9, 1);
    series.addVolume(open + 59_999, 1_000);
    series.addPrint(open + 180_000, 11, 7);
    expect(series.bars("1m", 10)).toEqual([
      { openedAt: open, open: 10, high: 12, low: 9, close: 9, volume: 1_151 },
      { openedAt: open + 180_000, open: 11, high: 11, low: 11, close: 11, volume: 7 },
    ]);
  });

  it("[BS1] shares without a price count in the minute in which they were traded, before its first print or after", () => {
    const series = new BarSeries();
    series.addVolume(open, 3);
    series.addVolume(open + 1, 4);
    series.addPrint(open + 2, 10, 100);
    series.addVolume(open + 60_000, 500);
    series.addVolume(open + 90_000, 50);
    series.addPrint(open + 100_000, 11, 7);
    // No price, no bar: what this minute traded is in none.
    series.addVolume(open + 120_000, 9_000);
    series.addVolume(open + 180_000, 1);
    series.addPrint(open + 180_000, 12, 8);
    expect(series.bars("1m", 10).map(({ openedAt, volume }) => [(openedAt - open) / 60_000, volume])).toEqual([
      [0, 107],
      [1, 557],
      [3, 9],
    ]);
  });

  it("[BS2] longer bars begin at the full hour on the clock, daily ones at midnight New York", () => {
    expect(barStart("1h", open)).toBe(Date.parse("2026-11-20T09:00:00-05:00"));
    expect(barStart("15m", open + 16 * 60_000)).toBe(Date.parse("2026-11-20T09:45:00-05:00"));
    expect(barStart("1d", open)).toBe(nyMidnight("2026-11-20"));
    expect(barStart("1d", Date.parse("2026-11-01T23:30:00-05:00"))).toBe(Date.parse("2026-11-01T00:00:00-04:00"));
  });

  it("[BS3] longer bars are exactly their minutes, for any prints", () => {
    const prints = fc.array(
      fc.record({ gap: fc.nat(400_000), price: fc.integer({ min: 1, max: 500 }), size: fc.nat(999) }),
    );
    fc.assert(
      fc.property(prints, fc.constantFrom(...TIMEFRAMES), (sequence, timeframe) => {
        const series = new BarSeries();
        let at = open;
        for (const { gap, price, size } of sequence) series.addPrint((at += gap), price, size);
        const minutes = series.bars("1m", 5_000);
        const expected = [...new Set(minutes.map(({ openedAt }) => barStart(timeframe, openedAt)))].map((openedAt) => {
          const own = minutes.filter((minute) => barStart(timeframe, minute.openedAt) === openedAt);
          return {
            openedAt,
            open: own[0]?.open,
            high: Math.max(...own.map(({ high }) => high)),
            low: Math.min(...own.map(({ low }) => low)),
            close: own.at(-1)?.close,
            volume: own.reduce((sum, { volume }) => sum + volume, 0),
          };
        });
        expect(series.bars(timeframe, 5_000)).toEqual(expected);
      }),
    );
  });

  it("[BS4] answers the newest `limit` bars before `before`, whole ones", () => {
    const series = new BarSeries();
    for (let minute = 0; minute < 30; minute += 1) series.addPrint(open + minute * 60_000, 100 + minute, 10);
    const fives = series.bars("5m", 2, open + 20 * 60_000);
    expect(fives.map((bar) => [(bar.openedAt - open) / 60_000, bar.open, bar.close, bar.volume])).toEqual([
      [10, 110, 114, 50],
      [15, 115, 119, 50],
    ]);
    expect(series.bars("5m", 100).length).toBe(6);
    expect(series.bars("1m", 5, open)).toEqual([]);
  });

  it("[BS5] forgets what is older than asked, and nothing else", () => {
    const series = new BarSeries();
    for (let minute = 0; minute < 10; minute += 1) series.addPrint(open + minute * 60_000, 100, 10);
    series.dropBefore(open + 7 * 60_000);
    expect([series.startsAt, series.bars("1m", 100).length]).toEqual([open + 7 * 60_000, 3]);
    series.dropBefore(open + TIMEFRAME_MS["1d"]);
    expect(series.bars("1m", 100)).toEqual([]);
  });

  it("[BS6] two halves of one bar are joined into it", () => {
    const half = (close: number, high: number) => ({ openedAt: 60, open: 5, high, low: 4, close, volume: 10 });
    const other = { openedAt: 0, open: 1, high: 1, low: 1, close: 1, volume: 1 };
    expect(joinBars([other, half(6, 7)], [half(8, 9)])).toEqual([
      other,
      { openedAt: 60, open: 5, high: 9, low: 4, close: 8, volume: 20 },
    ]);
    expect(joinBars([other], [half(8, 9)]).length).toBe(2);
    expect(joinBars([], [other])).toEqual([other]);
  });
});
