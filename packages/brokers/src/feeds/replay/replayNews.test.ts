import { describe, expect, it } from "vitest";
import { nyMidnight } from "../../calendar/newYorkTime.ts";
import type { MarketNews } from "../../domain/MarketNews.ts";
import { FakeClock } from "../../testing/FakeClock.ts";
import { parseNewsLine } from "./parseNewsLine.ts";
import { TAPE_HEADERS } from "./parseTapeLine.ts";
import { ReplayFeed, type ReplayFeedOptions } from "./ReplayFeed.ts";
import { createTape } from "./tapeFolder.fixture.ts";
import type { MalformedRow } from "./TapeRow.ts";

const MIDNIGHT = nyMidnight("2013-10-08");
const OPEN = 34_200_000;
const CLOSE = 57_600_000;
const DAY = {
  "IBM.trades.csv.gz": [
    `${OPEN + 500},180.5,200,Q,4000000`,
    `${OPEN + 600},180.6,300,N,4000000`,
    `${CLOSE + 9_000},181,500,N,1000001`,
  ],
  "IBM.quotes.csv.gz": [`${OPEN},180.4,300,180.6,400`, `${OPEN + 3_000},180.5,300,180.7,400`],
};

async function play(news: readonly string[], options: Partial<ReplayFeedOptions> = {}, day = DAY) {
  await using tape = await createTape(day);
  await tape.add("news.csv", [TAPE_HEADERS.news, ...news].join("\n"));
  const clock = new FakeClock();
  const malformed: MalformedRow[] = [];
  const { folder } = tape;
  await using feed = new ReplayFeed({
    clock,
    folder,
    speed: "max",
    report: (row) => malformed.push(row),
    ...options,
  });
  /** News and ticks in the order in which they were told. */
  const told: (MarketNews | readonly [ms: number, halt: string])[] = [];
  const quotes: (readonly [ms: number, bid: number | null, ask: number | null])[] = [];
  feed.subscribeNews((each) => told.push(each));
  feed.subscribeAll(({ timestamp, bid, ask }) => quotes.push([timestamp - MIDNIGHT - OPEN, bid, ask]));
  feed.subscribeAll(({ timestamp, halt }) => told.push([timestamp - MIDNIGHT - OPEN, halt?.status ?? ""]));
  await feed.start();
  await clock.advanceUntil(() => feed.progress.state === "ended");
  return { told, quotes, malformed, actions: feed.corporateActions(0), later: feed.corporateActions(MIDNIGHT + OPEN) };
}

describe("the news of a tape", () => {
  it("[RP11] the listing exchange's official prices are told, before the print that names them; another's are not", async () => {
    const { told } = await play([]);
    const at = (ms: number): number => MIDNIGHT + OPEN + ms;
    expect(told).toEqual([
      [0, ""],
      { kind: "auction", auction: { symbol: "IBM", kind: "open", price: 180.6, size: 300, at: at(600) } },
      [3_000, ""],
      {
        kind: "auction",
        auction: { symbol: "IBM", kind: "close", price: 181, size: 500, at: at(CLOSE - OPEN + 9_000) },
      },
      [CLOSE - OPEN + 9_000, ""],
      [37_800_000, ""],
    ]);
  });

  it("[RP11] a closing that is only printed is told a second later, once, also where the tape ends before", async () => {
    const trades = [
      `${OPEN + 500},180.5,200,N,40`,
      `${CLOSE + 216},178.83,1500,Q,1000000`,
      `${CLOSE + 47_795},178.72,262948,N,80`,
    ];
    const { told } = await play([], {}, { ...DAY, "IBM.trades.csv.gz": trades });
    const auctions = told.filter((each) => "kind" in each);
    const at = (ms: number): number => MIDNIGHT + ms;
    expect(auctions).toEqual([
      { kind: "auction", auction: { symbol: "IBM", kind: "open", price: 180.5, size: 200, at: at(OPEN + 1_500) } },
      {
        kind: "auction",
        auction: { symbol: "IBM", kind: "close", price: 178.72, size: 262_948, at: at(CLOSE + 48_795) },
      },
    ]);
    expect(told.at(-1)).toEqual([37_800_000, ""]);
  });

  it("[RP7] [RP11] an auction of before the start time is not told", async () => {
    const { told } = await play([], { startTime: "10:00" });
    expect(told.filter((each) => "kind" in each)).toMatchObject([{ auction: { kind: "close" } }]);
  });

  it("[RP12] a print after a halt does not bring the quote of before it along", async () => {
    const trades = [`${OPEN + 500},180.5,200,N,0`, `${OPEN + 2_500},181,200,N,0`, `${OPEN + 3_500},182,200,N,0`];
    const halt = [`${OPEN + 1_000},IBM,halted,,`, `${OPEN + 2_000},IBM,resumed,,`];
    const { quotes } = await play(halt, {}, { ...DAY, "IBM.trades.csv.gz": trades });
    expect(quotes.slice(0, 7)).toEqual([
      [0, 180.4, 180.6],
      [500, 180.4, 180.6],
      [1_000, null, null],
      [2_000, null, null],
      [2_500, null, null],
      [3_000, 180.5, 180.7],
      [3_500, 180.5, 180.7],
    ]);
  });

  it("[RP12] halts come in order with the ticks, which say so until trading resumes", async () => {
    const { told, malformed } = await play([
      `${OPEN + 2_000},IBM,halted,,news pending`,
      `${OPEN + 5_000},IBM,resumed,,`,
    ]);
    expect(malformed).toEqual([]);
    expect(told.filter((each) => "kind" in each && each.kind === "status")).toEqual([
      {
        kind: "status",
        status: { symbol: "IBM", status: "halted", at: MIDNIGHT + OPEN + 2_000, reason: "news pending" },
      },
      { kind: "status", status: { symbol: "IBM", status: "resumed", at: MIDNIGHT + OPEN + 5_000, reason: "" } },
    ]);
    expect(told.filter((each) => !("kind" in each))).toEqual([
      [0, ""],
      [2_000, "halted"],
      [3_000, "halted"],
      [5_000, ""],
      [CLOSE - OPEN + 9_000, ""],
      [37_800_000, ""],
    ]);
  });

  it("[RP12] what issuers did is told before the ticks of its instant, and kept for those who come later", async () => {
    const { told, actions, later } = await play([
      "0,IBM,split,10:1,18.05",
      "0,IBM,dividend,0.95,2013-12-10",
      `${OPEN},IBM,symbol_change,IBM,`,
    ]);
    const action = { symbol: "IBM", at: MIDNIGHT };
    expect(actions).toEqual([
      {
        ...action,
        actionId: "replay-2013-10-08-2-IBM",
        type: "split",
        newShares: 10,
        oldShares: 1,
        cashInLieuPrice: "18.05",
      },
      {
        ...action,
        actionId: "replay-2013-10-08-3-IBM",
        type: "cash_dividend",
        amountPerShare: "0.95",
        payAt: nyMidnight("2013-12-10"),
      },
      {
        symbol: "IBM",
        at: MIDNIGHT + OPEN,
        actionId: "replay-2013-10-08-4-IBM",
        type: "symbol_change",
        newSymbol: "IBM",
      },
    ]);
    expect(later).toEqual([]);
    expect(told.slice(0, 4).map((each) => "kind" in each)).toEqual([true, true, true, false]);
  });

  it("[RP7] [RP12] what was before the start time is known and not told", async () => {
    const rows = ["0,IBM,dividend,0.95,2013-12-10", `${OPEN - 1_000},IBM,paused,,limit down`];
    const { told, actions } = await play(rows, { startTime: "09:30" });
    expect(actions).toHaveLength(1);
    expect(told.filter((each) => "kind" in each && each.kind !== "auction")).toEqual([]);
    expect(told.find((each) => !("kind" in each))).toEqual([0, "paused"]);
  });

  it("[RP2] [RP12] a row that is none is reported with its line and skipped; the others count", async () => {
    const { told, malformed } = await play([
      "0,IBM,halted,",
      "0,IBMX,halted,,",
      "-1,IBM,halted,,",
      `${OPEN + 2_000},IBM,halted,,`,
      "0,IBM,resumed,,",
    ]);
    expect(malformed.toSorted((a, b) => a.line - b.line)).toEqual([
      { file: "news.csv", line: 2, reason: "4 columns instead of 5" },
      { file: "news.csv", line: 3, reason: "IBMX is not on the tape" },
      { file: "news.csv", line: 4, reason: "ms is not a whole number of milliseconds within a day" },
      { file: "news.csv", line: 6, reason: `time goes back from ${OPEN + 2_000} to 0 ms` },
    ]);
    expect(told.filter((each) => "kind" in each && each.kind === "status")).toHaveLength(1);
  });

  it.each([
    ["90000000,IBM,halted,,", "ms is not a whole number of milliseconds within a day"],
    ["1e3,IBM,halted,,", "ms is not a whole number of milliseconds within a day"],
    ["0,ibm,halted,,", "symbol is none"],
    ["0,IBM,stopped,,", "event is not halted, paused, resumed, split, dividend or symbol_change"],
    ["0,IBM,halted,1,", "value is empty for halted"],
    [`0,IBM,halted,,${"x".repeat(81)}`, "the reason is longer than 80 printable characters"],
    ["0,IBM,split,10,", "the split is not new:old, as 10:1"],
    ["0,IBM,split,0:1,", "the split is not new:old, as 10:1"],
    ["0,IBM,split,2:2,", "the split is not new:old, as 10:1"],
    ["0,IBM,split,2:1,0", "the price of fractions is not a decimal above zero"],
    ["0,IBM,dividend,0,2013-12-10", "the dividend is not a decimal of dollars a share above zero"],
    ["0,IBM,dividend,-1,2013-12-10", "the dividend is not a decimal of dollars a share above zero"],
    ["0,IBM,dividend,1,2013-02-30", "the pay date is not YYYY-MM-DD within the calendar"],
    ["0,IBM,dividend,1,soon", "the pay date is not YYYY-MM-DD within the calendar"],
    ["0,IBM,symbol_change,meta,", "the new symbol is none"],
    ["0,IBM,symbol_change,META,now", "detail is empty for symbol_change"],
    ["0,IBM,halted,,,", "6 columns instead of 5"],
    ["", "1 columns instead of 5"],
  ])("[RP12] %s: %s", (line, reason) => {
    expect(parseNewsLine(line)).toBe(reason);
  });
});
