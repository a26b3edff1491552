import { rename } from "node:fs/promises";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nyMidnight } from "../../calendar/newYorkTime.ts";
import type { MarketData } from "../../domain/marketData.ts";
import { FakeClock } from "../../testing/FakeClock.ts";
import { createBrokenClock } from "../../testing/brokenClock.ts";
import { ReplayFeed, type ReplayFeedOptions } from "./ReplayFeed.ts";
import { createTape } from "./tapeFolder.fixture.ts";
import type { MalformedRow } from "./TapeRow.ts";

const MIDNIGHT = nyMidnight("2013-10-08");
const OPEN = 34_200_000;
const CLOSED_AT = MIDNIGHT + 72_000_000;

function createFeed(folder: string, options: Partial<ReplayFeedOptions> = {}) {
  const clock = new FakeClock();
  const malformed: MalformedRow[] = [];
  const feed = new ReplayFeed({ clock, folder, report: (row) => malformed.push(row), ...options });
  const ticks: MarketData[] = [];
  feed.subscribeAll((tick) => ticks.push(tick));
  return { clock, feed, ticks, malformed, [Symbol.asyncDispose]: () => feed[Symbol.asyncDispose]() };
}

async function playToEnd({ clock, feed }: Pick<ReturnType<typeof createFeed>, "clock" | "feed">): Promise<void> {
  await feed.start();
  await clock.advanceUntil(() => feed.progress.state === "ended");
}

const day = {
  "IBM.trades.csv.gz": [`${OPEN + 500},180.5,200,N,1`, `${OPEN + 2_500},180.7,100,N,20000020`],
  "IBM.quotes.csv.gz": [`${OPEN},180.4,300,180.6,400`, `${OPEN + 2_500},180.6,100,180.8,100`],
  "SPY.trades.csv.gz": [
    `${OPEN + 500},167.4,100,P,1`,
    `${OPEN + 1_000},165,9000,D,20100000`,
    `${OPEN + 2_000},167.5,300,P,1`,
  ],
};

describe("ReplayFeed", () => {
  it("[MF3] a clock that fails is reported once, and silences the feed, which has not come to its end", async () => {
    await using tape = await createTape(day);
    const clock = createBrokenClock();
    const errors: unknown[] = [];
    await using run = createFeed(tape.folder, { clock, onListenerError: (error) => errors.push(error) });
    await run.feed.start();
    await expect.poll(() => errors).toEqual([clock.error]);
    expect([clock.sleeps, run.feed.progress.state]).toEqual([1, "running"]);
  });

  it("[RP5] ticks all files in the order of time; at one millisecond by symbol, quotes before trades", async () => {
    await using tape = await createTape(day);
    await using run = createFeed(tape.folder, { speed: "max" });
    await playToEnd(run);
    const told = run.ticks.map(({ symbol, timestamp, bid, last, volume, feed }) => [
      symbol,
      timestamp - MIDNIGHT - OPEN,
      bid,
      last,
      volume,
      feed,
    ]);
    expect(told).toEqual([
      ["IBM", 0, 180.4, null, 0, "streaming"],
      ["IBM", 500, 180.4, 180.5, 200, "streaming"],
      ["SPY", 500, null, 167.4, 100, "streaming"],
      ["SPY", 2_000, null, 167.5, 9_400, "streaming"],
      ["IBM", 2_500, 180.6, 180.5, 200, "streaming"],
      ["IBM", 2_500, 180.6, 180.7, 300, "streaming"],
      ["IBM", CLOSED_AT - MIDNIGHT - OPEN, 180.6, 180.7, 300, "closed"],
      ["SPY", CLOSED_AT - MIDNIGHT - OPEN, null, 167.5, 9_400, "closed"],
    ]);
    expect(run.feed.progress).toEqual({ state: "ended", ticks: 8, malformedRows: 0 });
    expect(run.feed.marketNow()).toBe(CLOSED_AT);
  });

  it("[RP5] for any tape: every row in order of time, each file's own order kept, nothing lost", async () => {
    const times = fc.array(fc.nat(40), { maxLength: 30 }).map((list) => list.sort((a, b) => a - b));
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(fc.constantFrom("A", "B", "C", "D", "E"), times, { minKeys: 1 }),
        async (bySymbol) => {
          const files = Object.entries(bySymbol).map(([symbol, list]) => [
            `${symbol}.trades.csv.gz`,
            list.map((ms, index) => `${OPEN + ms},10,${index + 1},N,1`),
          ]);
          await using tape = await createTape(Object.fromEntries(files));
          await using run = createFeed(tape.folder, { speed: "max" });
          await playToEnd(run);
          const streamed = run.ticks.filter(({ feed }) => feed === "streaming");
          const expected = Object.entries(bySymbol)
            .flatMap(([symbol, list]) => list.map((ms, index) => ({ symbol, ms, size: index + 1 })))
            .sort((a, b) => a.ms - b.ms || (a.symbol < b.symbol ? -1 : Number(a.symbol > b.symbol)) || a.size - b.size);
          expect(
            streamed.map(({ symbol, timestamp, lastSize }) => [symbol, timestamp - MIDNIGHT - OPEN, lastSize]),
          ).toEqual(expected.map(({ symbol, ms, size }) => [symbol, ms, size]));
        },
      ),
      { numRuns: 30 },
    );
  });

  it("[RP6] runs with the clock times the speed", async () => {
    await using tape = await createTape(day);
    await using run = createFeed(tape.folder, { speed: 2 });
    await run.feed.start();
    await run.clock.advance(10);
    expect(run.ticks.length).toBe(1);
    expect(run.feed.marketNow()).toBe(MIDNIGHT + OPEN + 20);
    await run.clock.advance(235);
    expect(run.ticks.length).toBe(1);
    await run.clock.advance(5);
    expect(run.ticks.length).toBe(3);
    await run.clock.advance(700);
    expect(run.feed.progress.state).toBe("running");
    await run.clock.advanceUntil(() => run.feed.progress.state === "ended");
    expect(run.clock.monotonic()).toBeGreaterThanOrEqual(1_250);
  });

  it("[MF5] the market's time never falls, and no tick is older than a time already told", async () => {
    await using tape = await createTape(day);
    await using run = createFeed(tape.folder, { speed: 100 });
    let told = 0;
    const look = (): void => {
      const now = run.feed.marketNow();
      expect(now).toBeGreaterThanOrEqual(told);
      told = now;
    };
    run.feed.subscribeAll(({ timestamp }) => {
      expect(timestamp).toBeGreaterThanOrEqual(told);
      look();
    });
    await run.feed.start();
    look();
    await run.clock.advanceUntil(() => {
      look();
      return run.feed.progress.state === "ended";
    }, 7);
    look();
    expect(told).toBe(CLOSED_AT);
  });

  it("[RP7] begins at a start time: earlier rows make the bars and the first quote, and are not ticked", async () => {
    await using tape = await createTape({
      "IBM.trades.csv.gz": [`${OPEN - 90_000},179,100,N,2000`, `${OPEN - 1},180,200,N,2000`, `${OPEN},181,300,N,1`],
      "IBM.quotes.csv.gz": [`${OPEN - 60_000},179.9,100,180.1,100`],
      "SPY.trades.csv.gz": [`${OPEN + 5},167,100,P,1`],
    });
    await using run = createFeed(tape.folder, { startTime: "09:30" });
    await run.feed.start();
    expect(run.ticks).toEqual([
      expect.objectContaining({ symbol: "IBM", bid: 179.9, last: 180, volume: 300, timestamp: MIDNIGHT + OPEN }),
      expect.objectContaining({ symbol: "IBM", last: 181, volume: 600, timestamp: MIDNIGHT + OPEN }),
    ]);
    expect(run.feed.marketNow()).toBe(MIDNIGHT + OPEN);
    expect((await run.feed.bars({ symbol: "IBM", timeframe: "1m", limit: 10 })).map(({ close }) => close)).toEqual([
      179, 180, 181,
    ]);
    await playToEnd(run);
    expect(run.ticks.filter(({ feed }) => feed === "streaming").map(({ last }) => last)).toEqual([180, 181, 167]);
  });

  it("[RP8] makes bars of the prints that set a price, with the volume of the others", async () => {
    await using tape = await createTape(day);
    await using run = createFeed(tape.folder, { speed: "max" });
    await playToEnd(run);
    const bar = { open: 167.4, high: 167.5, low: 167.4, close: 167.5, volume: 9_400 };
    expect(await run.feed.bars({ symbol: "SPY", timeframe: "1m", limit: 10 })).toEqual([
      { ...bar, openedAt: MIDNIGHT + OPEN },
    ]);
    expect(await run.feed.bars({ symbol: "SPY", timeframe: "1d", limit: 10 })).toEqual([
      { ...bar, openedAt: MIDNIGHT },
    ]);
    expect(await run.feed.bars({ symbol: "NOPE", timeframe: "1d", limit: 10 })).toEqual([]);
    expect(await run.feed.bars({ symbol: "SPY", timeframe: "1d", limit: 10, before: MIDNIGHT })).toEqual([]);
  });

  it("[RP2] malformed rows are counted, reported with file and line, and skipped", async () => {
    await using tape = await createTape({
      ...day,
      "BAC.trades.csv.gz": ["rubbish", `${OPEN},13.8,100,N,1`, `${OPEN - 5},13.8,100,N,1`, `${OPEN + 1},-13.8,100,N,1`],
    });
    await using run = createFeed(tape.folder, { speed: "max" });
    await playToEnd(run);
    expect(run.feed.progress.malformedRows).toBe(3);
    expect(run.malformed.map(({ file, line }) => `${file}:${line}`)).toEqual([
      "BAC.trades.csv.gz:2",
      "BAC.trades.csv.gz:4",
      "BAC.trades.csv.gz:5",
    ]);
    expect(run.feed.latest("BAC")).toMatchObject({ last: 13.8, volume: 100 });
  });

  it("[RP2] a file that is damaged in the middle is told up to there and reported; the others go on", async () => {
    await using tape = await createTape(day);
    // Differing rows, so that the packed file is long enough to be cut in its middle.
    const rows = Array.from(
      { length: 20_000 },
      (_, index) => `${OPEN + index},${1_000 + ((index * 7_919) % 997)},${1 + ((index * 31) % 977)},N,1`,
    );
    const packed = gzipSync(rows.join("\n"));
    await tape.add("BAC.trades.csv.gz", packed.subarray(0, Math.floor(packed.length / 2)));
    await using run = createFeed(tape.folder, { speed: "max" });
    await playToEnd(run);
    expect(run.malformed).toEqual([
      expect.objectContaining({
        file: "BAC.trades.csv.gz",
        reason: expect.stringContaining("cannot be read from here on"),
      }),
    ]);
    const told = run.ticks.filter(({ symbol }) => symbol === "BAC").length;
    expect(told).toBeGreaterThan(1_000);
    expect(told).toBeLessThan(20_000);
    expect(run.feed.latest("SPY")).toMatchObject({ last: 167.5, feed: "closed" });
  });

  it("[RP9] knows the instruments of its files, by name where the symbol is well known", async () => {
    await using tape = await createTape({ ...day, "ZZZ.quotes.csv.gz": [] });
    await tape.add("README.md", "not a tape");
    await using run = createFeed(tape.folder);
    expect(run.feed.instruments()).toEqual([]);
    await run.feed.start();
    expect(run.feed.instruments().map(({ symbol, name, exchange }) => [symbol, name, exchange])).toEqual([
      ["IBM", "International Business Machines Corporation", "NYSE"],
      ["SPY", "SPDR S&P 500 ETF Trust", "ARCA"],
      ["ZZZ", "ZZZ", "US"],
    ]);
    expect(run.feed.instrument("ZZZ")).toMatchObject({ kind: "stock", tickSize: "0.01" });
    expect(run.feed.latest("ZZZ")).toBeUndefined();
  });

  it("[RP9] says which day it tells, and how fast", () => {
    const clock = new FakeClock();
    const label = (options: Partial<ReplayFeedOptions>): string =>
      new ReplayFeed({ clock, folder: "/tapes/market-2013-10-08/", report: () => undefined, ...options }).description
        .label;
    expect(label({})).toBe("Replay of 2013-10-08 at 1x");
    expect(label({ speed: 60 })).toBe("Replay of 2013-10-08 at 60x");
    expect(new ReplayFeed({ clock, folder: "/tapes/", report: () => undefined }).description).toMatchObject({
      alwaysOpen: false,
      namesAuctions: true,
    });
    expect(label({ speed: "max", date: "2015-01-02" })).toBe("Replay of 2015-01-02 at full speed");
  });

  it.each([
    ["a missing folder", "FOLDER_NOT_FOUND", (folder: string) => `${folder}-missing`],
    ["a file in place of a folder", "FOLDER_NOT_FOUND", (folder: string) => join(folder, "IBM.trades.csv.gz")],
    ["a folder without a tape", "FOLDER_EMPTY", (folder: string) => dirname(folder)],
  ])("[RP10] %s is refused at the start: %s", async (_name, code, pathOf) => {
    await using tape = await createTape(day);
    await using run = createFeed(pathOf(tape.folder));
    await expect(run.feed.start()).rejects.toMatchObject({
      name: "ReplayError",
      code,
      message: expect.stringContaining(pathOf(tape.folder)),
    });
    expect(run.feed.progress.state).toBe("paused");
  });

  it("[RP10] a file that is not gzip, and an empty one, are refused by name", async () => {
    for (const bytes of ["ms,price,size,exchange,conditions\n", ""]) {
      await using tape = await createTape(day);
      await tape.add("BAC.trades.csv.gz", bytes);
      await using run = createFeed(tape.folder);
      await expect(run.feed.start()).rejects.toMatchObject({
        code: "FILE_NOT_GZIP",
        message: expect.stringContaining("BAC.trades.csv.gz"),
      });
    }
  });

  it("[RP10] a folder whose name ends in no date needs one; a date that is none is refused", async () => {
    await using tape = await createTape(day);
    const undated = join(dirname(tape.folder), "monday");
    await rename(tape.folder, undated);
    await expect(createFeed(undated).feed.start()).rejects.toMatchObject({ code: "DATE_UNKNOWN" });
    for (const date of ["2013-02-30", "1999-01-04", "yesterday"]) {
      await expect(createFeed(undated, { date }).feed.start()).rejects.toMatchObject({ code: "DATE_UNKNOWN" });
    }
    await using run = createFeed(undated, { date: "2013-10-08" });
    await run.feed.start();
    expect(run.feed.marketNow()).toBe(MIDNIGHT + OPEN);
  });

  it("[RP10] a speed or a start time that is none is refused at once", () => {
    for (const speed of [0, -1, Number.NaN, Infinity])
      expect(() => createFeed("x", { speed })).toThrow(expect.objectContaining({ code: "INVALID_OPTION" }));
    for (const startTime of ["9:30", "24:00", "09:60", "open", ""]) {
      expect(() => createFeed("x", { startTime })).toThrow(expect.objectContaining({ code: "INVALID_OPTION" }));
    }
  });

  it("[MF6] closed in the middle it stops, leaves no timer, and closing twice is nothing", async () => {
    await using tape = await createTape(day);
    const run = createFeed(tape.folder);
    await run.feed.start();
    await run.clock.advance(600);
    await run.feed[Symbol.asyncDispose]();
    await run.feed[Symbol.asyncDispose]();
    const heard = run.ticks.length;
    await run.clock.advance(5_000);
    expect([heard, run.ticks.length, run.clock.pendingTimers]).toEqual([3, 3, 0]);
    expect(run.feed.progress.state).toBe("running");
  });

  it("[MF6] starting twice is starting once", async () => {
    await using tape = await createTape(day);
    await using run = createFeed(tape.folder, { speed: "max" });
    await Promise.all([run.feed.start(), run.feed.start()]);
    await playToEnd(run);
    expect(run.feed.progress.ticks).toBe(8);
  });
});
