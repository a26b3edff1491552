import { describe, expect, it } from "vitest";
import { ONE, parseFixed } from "../../domain/decimal.ts";
import { BAR_SIZES, barOpensAt, barSpan, newestBars } from "./barSpan.ts";
import { marketRuleOf, toKnownContract } from "./KnownContract.ts";
import { readPriceSteps, stepAt, stepAtADollar } from "./priceSteps.ts";
import { Ticker } from "./Ticker.ts";
import { hoursAt, readTradingHours } from "./tradingHours.ts";

const at = (text: string): number => Date.parse(text);

describe("trading hours", () => {
  const text = "20261120:0930-20261120:1600;20261121:CLOSED;20261123:0930-20261123:1300";

  it("[IB40] are read in their own time zone, day by day", () => {
    const hours = readTradingHours(text, "US/Eastern");
    expect(hours?.stretches).toEqual([
      { opensAt: at("2026-11-20T14:30:00Z"), closesAt: at("2026-11-20T21:00:00Z") },
      { opensAt: at("2026-11-23T14:30:00Z"), closesAt: at("2026-11-23T18:00:00Z") },
    ]);
  });

  it.each([
    ["the old form", "20261120:0930-1600", "US/Eastern", 1],
    ["several stretches in a day", "20261120:0400-0930,0930-1600", "US/Eastern", 2],
    ["a stretch into the next day", "20261119:1700-20261120:1600", "America/Chicago", 1],
    ["spaces and an empty end", " 20261120:0930-20261120:1600 ; ", "MET", 1],
  ])("[IB40] %s is read", (_what, hours, zone, count) => {
    expect(readTradingHours(hours, zone)?.stretches).toHaveLength(count);
  });

  it.each([
    ["a zone that nobody knows", text, "Middle/Earth"],
    ["a day without hours", "20261120", "US/Eastern"],
    ["hours that end before they begin", "20261120:1600-20261120:0930", "US/Eastern"],
    ["words", "20261120:OPEN", "US/Eastern"],
    ["nothing", "", "US/Eastern"],
  ])("[IB40] %s says nothing at all", (_what, hours, zone) => {
    expect(readTradingHours(hours, zone)).toBeNull();
  });

  it("[IB40] say nothing of days that they do not list", () => {
    const hours = readTradingHours(text, "US/Eastern");
    if (hours === null) throw new Error("not read");
    expect(hoursAt(hours, at("2026-11-20T15:00:00Z"))).toEqual({
      isOpen: true,
      nextOpenAt: at("2026-11-23T14:30:00Z"),
      nextCloseAt: at("2026-11-20T21:00:00Z"),
    });
    expect(hoursAt(hours, at("2026-11-21T15:00:00Z"))).toMatchObject({ isOpen: false });
    expect(hoursAt(hours, at("2026-11-19T15:00:00Z"))).toBeNull();
    expect(hoursAt(hours, at("2026-11-24T15:00:00Z"))).toBeNull();
  });
});

describe("contracts", () => {
  const details = {
    contract: { conId: 72539702, symbol: "BRK B", secType: "STK", currency: "USD", primaryExch: "NYSE" },
    longName: "BERKSHIRE HATHAWAY INC-CL B",
    minTick: 0.01,
    validExchanges: "AMEX,SMART,NYSE",
    marketRuleIds: "26,557,26",
    timeZoneId: "US/Eastern",
  } as const;

  it("[IB41] a stock in dollars is known by its id and the desk's name of it", () => {
    expect(toKnownContract(details, [])).toMatchObject({
      conId: 72539702,
      contract: { conId: 72539702, symbol: "BRK B", secType: "STK", exchange: "SMART", currency: "USD" },
      instrument: { symbol: "BRK.B", exchange: "NYSE", kind: "stock", tickSize: "0.01", lotSize: "1" },
      liquidHours: null,
    });
    expect(marketRuleOf(details)).toBe(557);
  });

  it.each([
    ["another currency", { currency: "EUR" }],
    ["an option", { secType: "OPT" } as const],
    ["no id", { conId: 0 }],
  ])("[IB41] %s is none", (_what, change) => {
    expect(toKnownContract({ ...details, contract: { ...details.contract, ...change } }, [])).toBeNull();
  });

  it("[IB42] price steps are those of the market rule, by price", () => {
    const steps = readPriceSteps([
      { lowEdge: 1, increment: 0.01 },
      { lowEdge: 0, increment: 0.0001 },
      { lowEdge: 5, increment: 0 },
    ]);
    expect(stepAt(steps, parseFixed("0.5"))).toBe(parseFixed("0.0001"));
    expect(stepAtADollar(steps)).toBe(parseFixed("0.01"));
    expect(stepAt([], ONE)).toBeNull();
    expect(toKnownContract(details, readPriceSteps([{ lowEdge: 0, increment: 0.05 }]))?.instrument.tickSize).toBe(
      "0.05",
    );
  });
});

describe("what one request for prices tells", () => {
  const heard = { now: 5_000, brokerNow: 6_000 };

  it("[H12] the size of a bid is taken from its own message: the one inside the bid's the library loses", () => {
    const ticker = new Ticker();
    ticker.takePrice(1, 100, heard);
    ticker.takePrice(2, 100.02, heard);
    ticker.takeSize(3, 300, heard);
    expect([ticker.isWhole, ticker.view("AAPL")?.bidSize]).toEqual([false, null]);
    ticker.takeSize(0, 200, heard);
    expect([ticker.isWhole, ticker.view("AAPL")?.bidSize]).toEqual([true, 200]);
  });

  it("[IB43] a price of -1 is none, its size neither", () => {
    const ticker = new Ticker();
    expect(ticker.view("AAPL")).toBeUndefined();
    for (const [type, price] of [
      [1, 100],
      [2, -1],
      [4, 0],
    ] as const)
      ticker.takePrice(type, price, heard);
    ticker.takeSize(3, 0, heard);
    expect(ticker.view("AAPL")).toMatchObject({ bid: 100, ask: null, askSize: null, last: null });
  });

  it("[IB43] delayed prices have numbers of their own, and are as old as they say", () => {
    const ticker = new Ticker();
    ticker.takeType(3);
    ticker.takePrice(66, 99, { now: 5_000_000, brokerNow: 5_000_000 });
    expect(ticker.view("AAPL")).toMatchObject({ bid: 99, type: 3, timestamp: 4_100_000 });
    ticker.takeString(88, "3900", { now: 5_000_000, brokerNow: 5_000_000 });
    expect(ticker.view("AAPL")?.timestamp).toBe(3_900_000);
  });

  it("[IB43] a halt and its end are told, each once; what is not known says nothing", () => {
    const ticker = new Ticker();
    ticker.takePrice(4, 100, heard);
    const told = [1, 1, 2, 0, 0, -1, 7].map((value) => ticker.takeGeneric(49, value, heard));
    expect(told).toEqual([true, false, true, true, false, false, false]);
    ticker.takeGeneric(90, 2, heard);
    expect(ticker.view("AAPL")?.halt).toEqual({ status: "paused", since: 6_000, reason: "" });
  });

  it("[IB43] what is not a price of ours says nothing", () => {
    const ticker = new Ticker();
    expect([
      ticker.takePrice(37, 100, heard),
      ticker.takePrice(1, Number.NaN, heard),
      ticker.takeSize(8, -1, heard),
      ticker.takeString(45, "soon", heard),
      ticker.takeType(9),
    ]).toEqual([false, false, false, false, false]);
  });
});

describe("bars", () => {
  it.each([
    ["1m", 390, "2 D"],
    ["1m", 5_000, "14 D"],
    ["1h", 5_000, "5 Y"],
    ["1d", 20, "21 D"],
    ["1d", 1_000, "5 Y"],
  ] as const)("[IB44] %s, %i of them: %s", (timeframe, limit, duration) => {
    expect(barSpan({ symbol: "AAPL", timeframe, limit }).duration).toBe(duration);
    expect(BAR_SIZES[timeframe]).toMatch(/^\d+ (min|mins|hour|day)$/);
  });

  it("[IB44] an end is told in UTC, so that no zone has to be guessed", () => {
    const before = at("2026-11-20T15:00:00Z");
    expect(barSpan({ symbol: "AAPL", timeframe: "1m", limit: 5, before }).end).toBe("20261120-15:00:00");
  });

  it("[IB44] a bar's time is its second, or of a day its date in New York", () => {
    expect([barOpensAt("1795186800"), barOpensAt("20261120"), barOpensAt("finished-a-b"), barOpensAt("")]).toEqual([
      1_795_186_800_000,
      at("2026-11-20T05:00:00Z"),
      null,
      null,
    ]);
  });

  it("[IB44] the newest before the instant, oldest first", () => {
    const bar = { open: 1, high: 1, low: 1, close: 1, volume: 1 };
    const bars = [3, 1, 2, 4].map((openedAt) => ({ ...bar, openedAt }));
    const newest = newestBars(bars, { symbol: "AAPL", timeframe: "1m", limit: 2, before: 4 });
    expect(newest.map(({ openedAt }) => openedAt)).toEqual([2, 3]);
  });
});
