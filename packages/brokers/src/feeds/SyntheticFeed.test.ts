import { describe, expect, it } from "vitest";
import { nyMidnight } from "../calendar/newYorkTime.ts";
import type { MarketData } from "../domain/marketData.ts";
import { FakeClock } from "../testing/FakeClock.ts";
import { createBrokenClock } from "../testing/brokenClock.ts";
import { SyntheticFeed, type SyntheticFeedOptions } from "./SyntheticFeed.ts";

const FRIDAY_10AM = Date.parse("2026-11-20T10:00:00-05:00");

async function startFeed(options: Partial<SyntheticFeedOptions> = {}, startAt = FRIDAY_10AM) {
  const clock = new FakeClock(startAt);
  const feed = new SyntheticFeed({ clock, ...options });
  const ticks: MarketData[] = [];
  feed.subscribeAll((tick) => ticks.push(tick));
  await feed.start();
  return { clock, feed, ticks, [Symbol.asyncDispose]: () => feed[Symbol.asyncDispose]() };
}

describe("SyntheticFeed", () => {
  it("[SY8] says in a sentence that prices are invented, and when it ticks", () => {
    const clock = new FakeClock();
    expect(new SyntheticFeed({ clock }).description).toEqual({
      kind: "synthetic",
      label: "Synthetic prices, seed 1, ticking at all hours",
      synthetic: true,
      alwaysOpen: true,
      namesAuctions: false,
    });
    expect(new SyntheticFeed({ clock, seed: 7, hours: "exchange" }).description).toMatchObject({
      label: "Synthetic prices, seed 7, ticking in the exchange's sessions",
      alwaysOpen: false,
      namesAuctions: true,
    });
  });

  it("[MF5] has a price for every instrument once started, and ticks once more for each only as time passes", async () => {
    await using run = await startFeed();
    expect(run.feed.instruments().every(({ symbol }) => run.feed.latest(symbol) !== undefined)).toBe(true);
    await run.feed.start();
    expect([run.ticks.length, run.feed.progress]).toEqual([30, { state: "running", ticks: 30, malformedRows: 0 }]);
  });

  it("[SY9] the same seed on the same clock gives the same ticks; another seed does not", async () => {
    const record = async (seed: number): Promise<readonly MarketData[]> => {
      await using run = await startFeed({ seed });
      await run.clock.advance(5_000);
      await run.clock.advance(333);
      return run.ticks;
    };
    const first = await record(5);
    expect(first.length).toBeGreaterThan(300);
    expect(await record(5)).toEqual(first);
    expect(await record(6)).not.toEqual(first);
  });

  it("[SY10] ticks about as often as asked, every name at least every two seconds", async () => {
    await using run = await startFeed();
    await run.clock.advance(60_000);
    expect(run.ticks.length - 30).toBeGreaterThan(80 * 60 * 0.9);
    expect(run.ticks.length - 30).toBeLessThan(80 * 60 * 1.1);
    for (const { symbol } of run.feed.instruments()) {
      const times = run.ticks.filter((tick) => tick.symbol === symbol).map(({ timestamp }) => timestamp);
      const longest = Math.max(...times.slice(1).map((time, index) => time - (times[index] ?? 0)));
      expect([symbol, longest <= 2_000]).toEqual([symbol, true]);
    }
  });

  it("[MF4] bid is below ask, on whole cents; the last price is a quote of its time; volume rises with a print and only then", async () => {
    await using run = await startFeed();
    await run.clock.advance(120_000);
    const before = new Map<string, MarketData>();
    let prints = 0;
    for (const tick of run.ticks) {
      const { symbol, bid, ask, last, lastSize, bidSize, askSize } = tick;
      const previous = before.get(symbol) ?? tick;
      before.set(symbol, tick);
      const cents = [bid, ask, last].map((value) => (value ?? 0) * 100);
      expect(cents.every((value) => Math.abs(value - Math.round(value)) < 1e-6 && value >= 1)).toBe(true);
      expect((bid ?? 0) < (ask ?? 0)).toBe(true);
      expect([bidSize, askSize].every((size) => (size ?? 0) > 0 && (size ?? 0) % 100 === 0)).toBe(true);
      const traded = tick.volume - previous.volume;
      const quote = traded > 0 ? previous : tick;
      // A print leaves the quote and is at one of its sides; a new quote leaves the print.
      expect([bid, ask]).toEqual([quote.bid, quote.ask]);
      expect(traded > 0 ? [previous.bid, previous.ask] : [previous.last]).toContain(last);
      expect(lastSize).toBe(traded > 0 ? traded : previous.lastSize);
      prints += traded > 0 ? 1 : 0;
      // What is more than a lot is whole lots.
      expect(traded < 100 || traded % 100 === 0).toBe(true);
    }
    expect(prints / run.ticks.length).toBeGreaterThan(0.3);
  });

  it("[MF5] the market's time never falls, and no tick is older than a time already told", async () => {
    await using run = await startFeed();
    let told = run.feed.marketNow();
    run.feed.subscribeAll(({ timestamp }) => {
      expect(timestamp).toBeGreaterThanOrEqual(told);
      told = run.feed.marketNow();
      expect(told).toBeGreaterThanOrEqual(timestamp);
    });
    await run.clock.advance(2_000);
    run.clock.setWallTime(FRIDAY_10AM - 3_600_000);
    expect(run.feed.marketNow()).toBe(told);
    await run.clock.advance(2_000);
  });

  it("[SY11] the last bar of every length closes at the latest trade, and live ticks extend it", async () => {
    await using run = await startFeed();
    for (let turn = 0; turn < 5; turn += 1) {
      for (const timeframe of ["1m", "5m", "15m", "1h", "1d"] as const) {
        const bars = await run.feed.bars({ symbol: "NVDA", timeframe, limit: 50 });
        const latest = run.feed.latest("NVDA");
        expect(bars.length).toBe(50);
        expect(bars.at(-1)?.close).toBe(latest?.last);
        expect(
          bars.every(({ open, high, low, close }) => low <= Math.min(open, close) && high >= Math.max(open, close)),
        ).toBe(true);
      }
      const [today] = await run.feed.bars({ symbol: "NVDA", timeframe: "1d", limit: 1 });
      expect(today?.volume).toBe(run.feed.latest("NVDA")?.volume);
      await run.clock.advance(47_000);
    }
  });

  it.each(["02:00", "10:00", "15:50", "17:00"])(
    "[SY11] at %s what is traded live is what the path says, at a quiet hour and in a quiet name too",
    async (time) => {
      const startAt = Date.parse(`2026-11-20T${time}:00-05:00`);
      await using run = await startFeed({}, startAt);
      const before = run.ticks;
      await run.clock.advance(600_000);
      await using path = await startFeed({}, startAt + 600_000);
      const ratios = before.slice(0, 30).map(({ symbol, volume }) => {
        const traded = (feed: SyntheticFeed): number => (feed.latest(symbol)?.volume ?? 0) - volume;
        return traded(run.feed) / traded(path.feed);
      });
      // Ten minutes have hundreds of prints of each name.
      expect(Math.min(...ratios)).toBeGreaterThan(0.8);
      expect(Math.max(...ratios)).toBeLessThan(1.25);
      const mean = ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length;
      expect(Math.abs(mean - 1)).toBeLessThan(0.05);
    },
  );

  it("[SY11] a restart finds the market where it was: prices within a few cents, the past the same", async () => {
    await using before = await startFeed();
    await before.clock.advance(90_000);
    await using after = await startFeed({}, before.clock.now());
    for (const { symbol } of before.feed.instruments()) {
      const [was, is] = [before.feed.latest(symbol)?.bid ?? 0, after.feed.latest(symbol)?.bid ?? 0];
      expect([symbol, Math.abs(was / is - 1) < 0.002]).toEqual([symbol, true]);
    }
    const request = { symbol: "IBM", timeframe: "5m", limit: 300, before: FRIDAY_10AM - 300_000 } as const;
    expect(await after.feed.bars(request)).toEqual(await before.feed.bars(request));
  });

  it("[SY12] at midnight in New York a new day begins: volume from nothing, and the day before's close", async () => {
    const midnight = nyMidnight("2026-11-21");
    await using run = await startFeed({}, midnight - 3_000);
    expect(run.feed.latest("SPY")?.volume).toBeGreaterThan(1e6);
    const lastOfDay = run.feed.latest("SPY")?.last ?? 0;
    await run.clock.advance(6_000);
    const latest = run.feed.latest("SPY");
    expect(latest?.volume).toBeLessThan(1e5);
    expect(Math.abs((latest?.previousClose ?? 0) / lastOfDay - 1)).toBeLessThan(0.002);
    const days = await run.feed.bars({ symbol: "SPY", timeframe: "1d", limit: 2 });
    expect(days.map(({ openedAt }) => openedAt)).toEqual([nyMidnight("2026-11-20"), midnight]);
    expect(days.at(-1)).toMatchObject({ close: latest?.last, volume: latest?.volume });
  });

  it("[SY6] with the exchange's hours it ticks from 04:00 to 20:00, then says closed once and is silent", async () => {
    await using run = await startFeed({ hours: "exchange" }, Date.parse("2026-11-20T19:59:58-05:00"));
    await run.clock.advance(10_000);
    expect(run.feed.latest("SPY")?.feed).toBe("closed");
    expect(run.ticks.filter(({ feed }) => feed === "closed").length).toBe(30);
    const closedWith = run.ticks.length;
    await run.clock.advance(3_600_000);
    expect(run.ticks.length).toBe(closedWith);
    run.clock.setWallTime(Date.parse("2026-11-23T03:59:00-05:00"));
    await run.clock.advance(59_000);
    expect(run.ticks.length).toBe(closedWith);
    await run.clock.advance(40_000);
    expect(run.feed.latest("SPY")).toMatchObject({ feed: "streaming" });
    expect(run.feed.latest("SPY")?.volume).toBeLessThan(1e5);
  });

  it("[SY6] started on a Sunday with the exchange's hours, it shows Friday's prices as closed", async () => {
    await using run = await startFeed({ hours: "exchange" }, Date.parse("2026-11-22T12:00:00-05:00"));
    expect(run.ticks.every(({ feed, volume }) => feed === "closed" && volume > 0)).toBe(true);
    const [day] = await run.feed.bars({ symbol: "SPY", timeframe: "1d", limit: 1 });
    expect(day?.openedAt).toBe(nyMidnight("2026-11-20"));
  });

  it("[SY10] after a long sleep of the machine it does not make up for what was missed", async () => {
    await using run = await startFeed();
    run.clock.setWallTime(FRIDAY_10AM + 3_600_000);
    await run.clock.advance(25);
    expect(run.ticks.length).toBeLessThan(30 + 80 * 2);
  });

  it("[MF6] once closed it neither ticks nor leaves a timer, and closing twice is nothing", async () => {
    const run = await startFeed();
    await run.clock.advance(1_000);
    await run.feed[Symbol.asyncDispose]();
    await run.feed[Symbol.asyncDispose]();
    const heard = run.ticks.length;
    await run.clock.advance(1_000);
    expect([run.ticks.length, run.clock.pendingTimers]).toEqual([heard, 0]);
  });

  it("[MF3] a clock that fails is reported once, and silences the feed instead of spinning it", async () => {
    const clock = createBrokenClock();
    const errors: unknown[] = [];
    await using feed = new SyntheticFeed({ clock, onListenerError: (error) => errors.push(error) });
    await feed.start();
    await expect.poll(() => errors).toEqual([clock.error]);
    expect([clock.sleeps, feed.progress.ticks]).toEqual([1, 30]);
  });

  it("[SY13] refuses a seed, a rate and a limit that are none; an unknown symbol has no bars", async () => {
    const clock = new FakeClock();
    for (const seed of [1.5, Number.NaN, Infinity])
      expect(() => new SyntheticFeed({ clock, seed })).toThrow(RangeError);
    for (const ticksPerSecond of [0, -1, Number.NaN]) {
      expect(() => new SyntheticFeed({ clock, ticksPerSecond })).toThrow(RangeError);
    }
    const feed = new SyntheticFeed({ clock });
    for (const limit of [0, 5_001, 1.5, Number.NaN]) {
      await expect(feed.bars({ symbol: "SPY", timeframe: "1d", limit })).rejects.toThrow(RangeError);
    }
    expect(await feed.bars({ symbol: "NOPE", timeframe: "1d", limit: 5 })).toEqual([]);
    expect([feed.instrument("NOPE"), feed.latest("SPY")]).toEqual([undefined, undefined]);
  });
});
