import { describe, expect, it } from "vitest";
import type { Bar } from "../../domain/marketData.ts";
import { barStart } from "../barBucket.ts";
import { SYNTHETIC_INSTRUMENTS } from "../syntheticInstruments.ts";
import { BridgePath, STEPS_PER_DAY } from "./BridgePath.ts";
import { volatilityProfile, volumeProfile } from "./dayProfile.ts";
import { SyntheticHistory } from "./SyntheticHistory.ts";
import { type SyntheticHours, TradingDays } from "./TradingDays.ts";

const now = Date.parse("2026-11-20T11:17:23-05:00");

/** Without news, whose own tests are in `syntheticNews.test.ts`. */
function historyOf(symbol: string, { seed = 1, hours = "always" }: { seed?: number; hours?: SyntheticHours } = {}) {
  const instrument = SYNTHETIC_INSTRUMENTS.find((candidate) => candidate.symbol === symbol);
  if (instrument === undefined) throw new Error(`no instrument ${symbol}`);
  const days = new TradingDays(hours);
  const market = {
    seed,
    days,
    volatility: volatilityProfile(),
    volume: volumeProfile(),
    annualVolatility: 0.16,
    hasNews: false,
  };
  return new SyntheticHistory(instrument, market);
}

const returnsOf = (bars: readonly Bar[]): number[] => bars.map(({ open, close }) => Math.log(close / open));
const deviation = (values: readonly number[]): number =>
  Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);

describe("BridgePath", () => {
  const path = new BridgePath({ key: 1, marketKey: 2, annualVolatility: 0.3, correlation: 0.5 });

  it("[SY2] is continuous from one day to the next and from one block of days to the next", () => {
    for (const ordinal of [0, 1, 255, 511, 512, 4_095, 5_000]) {
      expect(path.day(ordinal)[STEPS_PER_DAY]).toBe(path.day(ordinal + 1)[0]);
    }
  });

  it("[SY2] a tick and a bar see the same price at the same instant", () => {
    const day = path.day(700);
    for (const step of [0, 1, 2, 511, 1_024, 2_047])
      expect(path.at(700 + step / STEPS_PER_DAY)).toBeCloseTo(day[step] ?? 0, 12);
  });
});

describe("SyntheticHistory", () => {
  it("[SY3] has two years of days and several days of minutes, each bar opening where the one before closed", () => {
    const history = historyOf("AAPL");
    for (const [timeframe, limit] of [
      ["1d", 750],
      ["1h", 500],
      ["15m", 500],
      ["5m", 1_000],
      ["1m", 5_000],
    ] as const) {
      const bars = history.bars(timeframe, limit, Infinity, now);
      expect(bars.length).toBe(limit);
      bars.forEach((bar, index) => {
        const previous = bars[index - 1];
        expect(bar.openedAt).toBe(barStart(timeframe, bar.openedAt));
        if (previous === undefined) return;
        expect([bar.openedAt, bar.open]).toEqual([bar.openedAt, previous.close]);
        expect(bar.openedAt).toBeGreaterThan(previous.openedAt);
      });
      expect(bars.at(-1)?.openedAt).toBe(barStart(timeframe, now));
    }
  });

  it("[SY3] bars of every length agree: a long one is exactly its short ones", () => {
    const history = historyOf("TSLA");
    const minutes = history.bars("1m", 5_000, Infinity, now);
    for (const timeframe of ["5m", "15m", "1h", "1d"] as const) {
      const first = minutes[0]?.openedAt ?? 0;
      for (const bar of history.bars(timeframe, 20, Infinity, now).filter(({ openedAt }) => openedAt >= first)) {
        const own = minutes.filter(({ openedAt }) => barStart(timeframe, openedAt) === bar.openedAt);
        expect(bar).toEqual({
          openedAt: bar.openedAt,
          open: own[0]?.open,
          high: Math.max(...own.map(({ high }) => high)),
          low: Math.min(...own.map(({ low }) => low)),
          close: own.at(-1)?.close,
          volume: own.reduce((sum, { volume }) => sum + volume, 0),
        });
      }
    }
  });

  it("[SY3] a day that is over is reckoned once, and the one that is on at each call", () => {
    const history = historyOf("AAPL");
    const first = history.bars("1d", 300, Infinity, now);
    const second = history.bars("1d", 300, Infinity, now + 60_000);
    expect(second.slice(0, -1).every((bar, index) => bar === first[index])).toBe(true);
    expect(second.at(-1)?.volume).toBeGreaterThan(first.at(-1)?.volume ?? Infinity);
    // Seen from earlier, the first of these days was not over.
    const [earlier] = history.bars("1d", 1, Infinity, (first[0]?.openedAt ?? 0) + 3_600_000);
    expect(earlier?.volume).toBeLessThan(first[0]?.volume ?? 0);
    expect(historyOf("AAPL").bars("1d", 300, Infinity, now + 60_000)).toEqual(second);
  });

  it("[SY4] the past does not depend on when it is asked about, nor on what else was asked", () => {
    const asked = historyOf("IBM");
    asked.bars("1d", 100, Infinity, now);
    const later = asked.bars("5m", 200, now - 86_400_000, now + 5 * 86_400_000);
    expect(historyOf("IBM").bars("5m", 200, now - 86_400_000, now)).toEqual(later);
  });

  it("[SY4] another seed and another symbol have another past", () => {
    const shape = (bars: readonly Bar[]): string =>
      returnsOf(bars)
        .map((value) => Math.sign(value))
        .join();
    const base = shape(historyOf("IBM").bars("1d", 60, Infinity, now));
    expect(shape(historyOf("IBM", { seed: 2 }).bars("1d", 60, Infinity, now))).not.toBe(base);
    expect(shape(historyOf("IBM", { seed: 1 + 2 ** 33 }).bars("1d", 60, Infinity, now))).not.toBe(base);
    expect(shape(historyOf("KO").bars("1d", 60, Infinity, now))).not.toBe(base);
  });

  it("[SY5] a year's volatility is near the instrument's, and prices stay near where they belong", () => {
    const everyFourth = SYNTHETIC_INSTRUMENTS.filter((_, index) => index % 4 === 0);
    for (const { symbol, annualVolatility, anchorPrice } of everyFourth) {
      const bars = historyOf(symbol).bars("1d", 750, Infinity, now);
      const measured = deviation(returnsOf(bars.slice(0, -1))) * Math.sqrt(252);
      expect([symbol, measured > annualVolatility * 0.85 && measured < annualVolatility * 1.15]).toEqual([
        symbol,
        true,
      ]);
      const furthest = Math.max(...bars.map(({ close }) => Math.abs(Math.log(close / anchorPrice))));
      expect([symbol, furthest < annualVolatility * 3]).toEqual([symbol, true]);
    }
  });

  it("[SY5] moves with the market as its beta says: SPY and QQQ together, GLD apart", () => {
    const correlation = (left: string, right: string): number => {
      const [a, b] = [left, right].map((symbol) => returnsOf(historyOf(symbol).bars("1d", 750, Infinity, now)));
      const product = (a ?? []).reduce((sum, value, index) => sum + value * (b?.[index] ?? 0), 0) / 750;
      return product / (deviation(a ?? []) * deviation(b ?? []));
    };
    expect(correlation("SPY", "QQQ")).toBeGreaterThan(0.7);
    expect(Math.abs(correlation("SPY", "GLD"))).toBeLessThan(0.25);
  });

  it("[SY5] moves and trades most at the open, least at night", () => {
    const hours = historyOf("MSFT").bars("1h", 24 * 100, Infinity, Date.parse("2026-10-30T00:00:00-04:00"));
    const at = (hour: number): readonly Bar[] =>
      hours.filter(({ openedAt }) => (openedAt / 3_600_000 - 4) % 24 === hour);
    const [open, midday, night] = [at(10), at(12), at(2)];
    expect(deviation(returnsOf(open))).toBeGreaterThan(deviation(returnsOf(midday)));
    expect(deviation(returnsOf(midday))).toBeGreaterThan(deviation(returnsOf(night)));
    const volume = (bars: readonly Bar[]): number => bars.reduce((sum, bar) => sum + bar.volume, 0);
    expect(volume(open)).toBeGreaterThan(volume(midday));
    expect(volume(midday)).toBeGreaterThan(volume(night) * 5);
  });

  it("[SY6] with the exchange's hours there are bars of its sessions only, and prices gap over the night", () => {
    const history = historyOf("SPY", { hours: "exchange" });
    const days = history.bars("1d", 5, Infinity, Date.parse("2026-11-28T12:00:00-05:00"));
    const dates = days.map(({ openedAt }) => new Date(openedAt).toISOString().slice(0, 10));
    expect(dates).toEqual(["2026-11-20", "2026-11-23", "2026-11-24", "2026-11-25", "2026-11-27"]);
    const friday = history.bars("1h", 100, Infinity, Date.parse("2026-11-28T12:00:00-05:00"));
    expect(friday.at(-1)?.openedAt).toBe(Date.parse("2026-11-27T16:00:00-05:00"));
    expect(days.slice(1).some((day, index) => day.open !== days[index]?.close)).toBe(true);
  });

  it("[SY7] before 2010 there is nothing, and that is no error", () => {
    const bars = historyOf("F").bars("1d", 100, Date.parse("2010-01-05T12:00:00-05:00"), now);
    expect(bars.map(({ openedAt }) => new Date(openedAt).toISOString().slice(0, 10))).toEqual([
      "2010-01-01",
      "2010-01-02",
      "2010-01-03",
      "2010-01-04",
      "2010-01-05",
    ]);
  });
});
