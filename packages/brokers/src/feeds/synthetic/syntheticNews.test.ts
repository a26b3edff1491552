import { describe, expect, it } from "vitest";
import type { CorporateAction } from "../../domain/CorporateAction.ts";
import type { MarketData } from "../../domain/marketData.ts";
import type { MarketNews } from "../../domain/MarketNews.ts";
import { FakeClock } from "../../testing/FakeClock.ts";
import { barStart } from "../barBucket.ts";
import { SyntheticFeed, type SyntheticFeedOptions } from "../SyntheticFeed.ts";
import { SYNTHETIC_INSTRUMENTS } from "../syntheticInstruments.ts";
import { keyOf } from "./keyOf.ts";
import { TradingDays, type TradingDay } from "./TradingDays.ts";
import { tradingPause } from "./tradingPause.ts";

const NOW = Date.parse("2026-11-20T10:00:00-05:00");
const DAY_MS = 86_400_000;
const YEAR_MS = 365 * DAY_MS;

async function startFeed(startAt: number, options: Partial<SyntheticFeedOptions> = {}) {
  const clock = new FakeClock(startAt);
  const feed = new SyntheticFeed({ clock, hours: "exchange", ...options });
  const news: MarketNews[] = [];
  const ticks: MarketData[] = [];
  /** What was told of one symbol, in order. */
  const told: (MarketNews | MarketData)[] = [];
  feed.subscribeNews((each) => {
    news.push(each);
    told.push(each);
  });
  feed.subscribeAll((tick) => {
    ticks.push(tick);
    told.push(tick);
  });
  await feed.start();
  return { clock, feed, news, ticks, told, [Symbol.asyncDispose]: () => feed[Symbol.asyncDispose]() };
}

function actionsOf(years: number, options: Partial<SyntheticFeedOptions> = {}): readonly CorporateAction[] {
  const feed = new SyntheticFeed({ clock: new FakeClock(NOW), ...options });
  return feed.corporateActions(NOW - years * YEAR_MS);
}

/** The first pause of seed 1 after a date, on a market with sessions. */
function firstPause(): {
  readonly symbol: string;
  readonly day: TradingDay;
  readonly from: number;
  readonly to: number;
} {
  const days = new TradingDays("exchange");
  const first = days.lastBegunAt(NOW)?.ordinal ?? 0;
  for (let ordinal = first; ordinal < first + 100; ordinal += 1) {
    const day = days.byOrdinal(ordinal);
    if (day === undefined) continue;
    for (const { symbol } of SYNTHETIC_INSTRUMENTS) {
      const pause = tradingPause(keyOf(1, symbol), day);
      if (pause !== undefined) return { symbol, day, ...pause };
    }
  }
  throw new Error("no pause in a hundred days");
}

describe("the news of an invented market", () => {
  it("[SY14] about one pause a session over all instruments, of five minutes within it", () => {
    const days = new TradingDays("exchange");
    const last = days.lastBegunAt(NOW)?.ordinal ?? 0;
    let pauses = 0;
    for (let ordinal = last - 250; ordinal < last; ordinal += 1) {
      const day = days.byOrdinal(ordinal);
      for (const { symbol } of SYNTHETIC_INSTRUMENTS) {
        const pause = day === undefined ? undefined : tradingPause(keyOf(1, symbol), day);
        if (day === undefined || pause === undefined) continue;
        pauses += 1;
        expect(pause.to - pause.from).toBe(300_000);
        expect(pause.from > day.officialOpenAt && pause.to < day.officialCloseAt).toBe(true);
      }
    }
    expect(pauses / 250).toBeGreaterThan(0.7);
    expect(pauses / 250).toBeLessThan(1.3);
  });

  it("[SY14] a pause is told, then shown by the ticks, nothing is printed, and trading goes on after it", async () => {
    const { symbol, from, to } = firstPause();
    await using run = await startFeed(from - 2_000);
    await run.clock.advance(to - from + 6_000);
    const told = run.told.flatMap((each) => {
      if ("kind" in each) return each.kind === "status" && each.status.symbol === symbol ? each.status : [];
      return each.symbol === symbol ? each : [];
    });
    const statuses = told.flatMap((each) => ("status" in each ? each : []));
    expect(statuses).toMatchObject([{ status: "paused" }, { status: "resumed" }]);
    expect(statuses[0]?.at).toBeGreaterThanOrEqual(from);
    expect(statuses[0]?.at).toBeLessThan(from + 100);
    expect(statuses[0]?.reason).toMatch(/^limit (up|down)$/);
    expect(statuses[1]?.at).toBeGreaterThanOrEqual(to);
    const ticks = told.flatMap((each) => ("status" in each ? [] : each));
    const paused = ticks.filter(({ halt }) => halt !== undefined);
    expect(paused.length).toBeGreaterThan(100);
    expect(paused.every(({ timestamp }) => timestamp >= from && timestamp < to)).toBe(true);
    expect(new Set(paused.map(({ volume }) => volume)).size).toBe(1);
    expect(ticks.at(-1)?.halt).toBeUndefined();
    expect(ticks.at(-1)?.volume).toBeGreaterThan(paused.at(-1)?.volume ?? 0);
  });

  it("[SY14] who comes during a pause finds the instrument paused; bars have no minute of it, before and after a restart", async () => {
    const { symbol, from, to } = firstPause();
    await using run = await startFeed(from + 60_000);
    expect(run.feed.latest(symbol)?.halt).toMatchObject({ status: "paused", since: from });
    expect(run.news).toEqual([]);
    await run.clock.advance(to - from + 60_000);
    expect(run.news.filter((each) => each.kind === "status" && each.status.symbol === symbol)).toMatchObject([
      { status: { status: "resumed" } },
    ]);
    await using later = await startFeed(to + 600_000);
    const minutes = await later.feed.bars({ symbol, timeframe: "1m", limit: 30 });
    const between = minutes.filter(({ openedAt }) => openedAt >= from - 60_000 && openedAt <= to);
    expect(between.map(({ openedAt }) => openedAt)).toEqual([from - 60_000, to]);
    const [long] = await later.feed.bars({ symbol, timeframe: "1d", limit: 1 });
    const all = await later.feed.bars({ symbol, timeframe: "1m", limit: 1_000 });
    const own = all.filter(({ openedAt }) => barStart("1d", openedAt) === long?.openedAt);
    expect(long?.volume).toBe(own.reduce((sum, { volume }) => sum + volume, 0));
    expect(long?.high).toBe(Math.max(...own.map(({ high }) => high)));
    expect(long?.low).toBe(Math.min(...own.map(({ low }) => low)));
  });

  it("[SY15] a payer pays four times a year, three weeks after its ex-date; others never", () => {
    const dividends = actionsOf(2).flatMap((action) => (action.type === "cash_dividend" ? action : []));
    for (const { symbol, quarterlyDividend = 0 } of SYNTHETIC_INSTRUMENTS) {
      const own = dividends.filter((each) => each.symbol === symbol);
      expect([symbol, own.length]).toEqual([symbol, quarterlyDividend > 0 ? 8 : 0]);
      for (const { at, payAt, amountPerShare } of own) {
        expect([symbol, payAt - at >= 20 * DAY_MS && payAt - at <= 25 * DAY_MS]).toEqual([symbol, true]);
        expect(Number(amountPerShare)).toBeGreaterThan(0);
        expect(Number(amountPerShare)).toBeLessThanOrEqual(Math.max(0.01, quarterlyDividend));
      }
    }
  });

  it("[SY15] [SY16] actions have ids of their own, follow each other, and are the same whenever they are asked for", () => {
    const actions = actionsOf(10);
    expect(new Set(actions.map(({ actionId }) => actionId)).size).toBe(actions.length);
    expect(actions.map(({ at }) => at)).toEqual(actions.map(({ at }) => at).toSorted((a, b) => a - b));
    expect(actionsOf(10)).toEqual(actions);
    expect(actionsOf(10, { seed: 2 })).not.toEqual(actions);
    expect(actions.slice(-5)).toEqual(actionsOf(1).slice(-5));
    expect(actionsOf(10, { hasNews: false })).toEqual([]);
  });

  it("[SY16] only dear shares are split, now and then", () => {
    const splits = actionsOf(10).flatMap((action) => (action.type === "split" ? action : []));
    expect(splits.length).toBeGreaterThan(3);
    expect(splits.length).toBeLessThan(30);
    for (const { symbol, newShares, oldShares } of splits) {
      const instrument = SYNTHETIC_INSTRUMENTS.find((each) => each.symbol === symbol);
      expect(instrument?.kind).toBe("stock");
      expect(instrument?.anchorPrice).toBeGreaterThanOrEqual(100);
      expect(newShares).toBe((instrument?.anchorPrice ?? 0) >= 400 ? 4 : 2);
      expect(oldShares).toBe(1);
    }
  });

  it("[SY16] a split is told before the first tick of its day, at whose price it leaves the market's value as it was", async () => {
    const split = actionsOf(10, { hours: "exchange" }).findLast(({ type }) => type === "split");
    if (split?.type !== "split") throw new Error("no split in ten years");
    const { symbol, at, newShares } = split;
    await using run = await startFeed(at - 10 * 3_600_000);
    const before = run.feed.latest(symbol)?.last ?? 0;
    const [barBefore] = await run.feed.bars({ symbol, timeframe: "1d", limit: 1 });
    run.clock.setWallTime(at);
    await run.clock.advance(60_000);
    const told = run.told.flatMap((each) => {
      if ("kind" in each) return each.kind === "corporate_action" && each.action.symbol === symbol ? "action" : [];
      return each.symbol === symbol && each.timestamp >= at ? (each.last ?? []) : [];
    });
    expect(told[0]).toBe("action");
    const first = told.find((each) => typeof each === "number") ?? 0;
    expect((first * newShares) / before).toBeGreaterThan(0.9);
    expect((first * newShares) / before).toBeLessThan(1.1);
    expect((run.feed.latest(symbol)?.previousClose ?? 0) * newShares).toBeCloseTo(barBefore?.close ?? 0, -1);
    // The bars of before are told in shares of after it: there is no cliff.
    for (const timeframe of ["1m", "1h", "1d"] as const) {
      const bars = await run.feed.bars({ symbol, timeframe, limit: 40 });
      bars.forEach((bar, index) => {
        const step = bar.open / (bars[index - 1]?.close ?? bar.open);
        expect([timeframe, step > 0.9 && step < 1.1]).toEqual([timeframe, true]);
      });
    }
  });

  it("[SY12] a day begins with a quote of its own: nobody trades at yesterday's", async () => {
    const open = Date.parse("2026-11-23T04:00:00-05:00");
    await using run = await startFeed(open - 60 * 3_600_000);
    run.clock.setWallTime(open);
    await run.clock.advance(5_000);
    for (const { symbol } of run.feed.instruments()) {
      const [first] = run.ticks.filter((tick) => tick.symbol === symbol && tick.timestamp >= open);
      expect([symbol, first?.volume]).toEqual([symbol, 0]);
    }
  });

  it("[SY15] the price steps down by about the dividend as the ex-date begins", async () => {
    const dividends = actionsOf(3, { hours: "always" }).flatMap((each) =>
      each.type === "cash_dividend" && each.symbol === "JPM" ? each : [],
    );
    expect(dividends.length).toBeGreaterThan(8);
    const feed = new SyntheticFeed({ clock: new FakeClock(NOW) });
    for (const { at, amountPerShare } of dividends) {
      const [before, after] = await feed.bars({ symbol: "JPM", timeframe: "1m", limit: 2, before: at + 60_000 });
      const step = (before?.close ?? 0) - (after?.open ?? 0);
      expect(step / Number(amountPerShare)).toBeGreaterThan(0.6);
      expect(step / Number(amountPerShare)).toBeLessThan(1.6);
    }
  });

  it("[SY17] with sessions the official prices are told once a day; at all hours there are none", async () => {
    const open = Date.parse("2026-11-23T09:30:00-05:00");
    await using run = await startFeed(open - 1_000);
    const auctions = (): readonly string[] =>
      run.news.flatMap((each) => (each.kind === "auction" && each.auction.symbol === "SPY" ? each.auction.kind : []));
    await run.clock.advance(5_000);
    expect(auctions()).toEqual(["open"]);
    const close = Date.parse("2026-11-23T16:00:00-05:00");
    run.clock.setWallTime(close - 1_000);
    await run.clock.advance(5_000);
    expect(auctions()).toEqual(["open", "close"]);
    const told = run.news.findLast((each) => each.kind === "auction" && each.auction.symbol === "SPY");
    run.clock.setWallTime(Date.parse("2026-11-24T09:00:00-05:00"));
    await run.clock.advance(1_000);
    expect(told).toMatchObject({ auction: { price: run.feed.latest("SPY")?.previousClose } });
    await using always = await startFeed(open - 1_000, { hours: "always" });
    await always.clock.advance(5_000);
    expect(always.news.filter(({ kind }) => kind === "auction")).toEqual([]);
  });
});
