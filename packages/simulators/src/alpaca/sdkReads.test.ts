import { TimeFrame, type Alpaca, type streaming } from "@alpacahq/alpaca-trade-api";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Bench } from "./testing/Bench.ts";
import { sdkOf } from "./testing/sdkOf.ts";
import { until } from "./testing/until.ts";

const IEX = { feed: "iex" } as const;

describe("what else Alpaca's own SDK asks for", () => {
  let bench: Bench;
  let alpaca: Alpaca;
  beforeEach(async () => {
    bench = await Bench.open({ quirks: { activityDelay: "none", sizes: "displayed" } });
    alpaca = sdkOf(bench);
  });
  afterEach(async () => {
    await bench[Symbol.asyncDispose]();
  });

  it("[AS2] configurations, assets, clocks and calendars", async () => {
    const { accountConfigurations, assets, clock, calendar } = alpaca.trading;
    expect(await accountConfigurations.getAccountConfig()).toMatchObject({
      noShorting: false,
      maxMarginMultiplier: "4",
    });
    const change = { disableOvernightTrading: true, tradeConfirmEmail: "none" };
    expect(await accountConfigurations.patchAccountConfig({ accountConfigurations: change })).toMatchObject(change);
    const listed = await assets.getV2Assets({ attributes: ["overnight_tradable"] });
    expect(listed.map(({ symbol }) => symbol)).toEqual(["AAPL", "MSFT", "TSLA"]);
    const clocks = await clock.clock({ markets: "NYSE,BOATS" });
    expect(clocks.clocks.map(({ market, phase }) => [market.acronym, phase])).toEqual([
      ["NYSE", "core"],
      ["BOATS", "closed"],
    ]);
    const days = { start: new Date("2026-11-25"), end: new Date("2026-11-27") };
    const legacy = await calendar.legacyCalendar(days);
    expect(legacy.map(({ open, close, sessionClose }) => [open, close, sessionClose])).toEqual([
      ["09:30", "16:00", "2000"],
      ["09:30", "13:00", "1700"],
    ]);
    const told = await calendar.calendar({ market: "NYSE", ...days });
    expect(told.calendar.map(({ coreEnd }) => coreEnd.toISOString())).toEqual([
      "2026-11-25T21:00:00.000Z",
      "2026-11-27T18:00:00.000Z",
    ]);
  });

  it("[AS2] one position to close, activities of each kind over several pages, and the equity's history", async () => {
    const { orders, positions, portfolioHistory } = alpaca.trading;
    for (const symbol of ["AAPL", "MSFT", "TSLA"]) await orders.market({ symbol, qty: 2, side: "buy" });
    const ratio = { newShares: 2, oldShares: 1, cashInLieuPrice: null };
    const split = { type: "split", actionId: "s", symbol: "AAPL", at: bench.clock.now(), ...ratio } as const;
    bench.feed.tell({ kind: "corporate_action", action: split });
    bench.feed.quote("AAPL", 50, 50.02);
    const closing = await positions.deleteOpenPosition({ symbolOrAssetId: "AAPL", percentage: 50 });
    expect(closing).toMatchObject({ symbol: "AAPL", side: "sell", qty: "2", positionIntent: "sell_to_close" });
    const all = await alpaca.trading.collectActivities({ pageSize: 2, direction: "asc" });
    expect(all.map(({ activityType }) => activityType)).toEqual(["FILL", "FILL", "FILL", "SPLIT", "SPLIT", "FILL"]);
    const booked = await alpaca.trading.collectActivities({ category: "non_trade_activity", direction: "asc" });
    expect(booked).toMatchObject([
      { activitySubType: "FSPLIT", qty: "-2", netAmount: "0", status: "executed" },
      { activitySubType: "FSPLIT", qty: "4" },
    ]);
    expect(await alpaca.trading.collectActivitiesByType({ activityType: "FILL", pageSize: 1 })).toHaveLength(4);
    await bench.clock.advance(120_000);
    const history = await portfolioHistory.getAccountPortfolioHistory({ period: "1D", timeframe: "1Min" });
    expect(history.timestamp.length).toBe(3);
    expect(history.equity.at(-1)).toBeCloseTo(Number((await alpaca.trading.account.getAccount()).equity), 2);
  });

  it("[AS2] the latest of everything, of one symbol and of several", async () => {
    const { stocks } = alpaca.marketData;
    const symbols = "AAPL,MSFT";
    const both = ["AAPL", "MSFT"];
    expect(Object.keys((await stocks.stockLatestTrades({ symbols, ...IEX })).trades)).toEqual(both);
    expect(Object.keys((await stocks.stockLatestBars({ symbols, ...IEX })).bars)).toEqual(both);
    expect((await stocks.stockLatestQuoteSingle({ symbol: "AAPL", ...IEX })).quote).toMatchObject({
      bp: 100,
      ap: 100.02,
    });
    expect((await stocks.stockLatestTradeSingle({ symbol: "AAPL", ...IEX })).trade).toMatchObject({
      p: 100.02,
      s: 100,
    });
    expect((await stocks.stockLatestBarSingle({ symbol: "AAPL", ...IEX })).bar).toMatchObject({ c: 100.02 });
    const snapshot = await stocks.stockSnapshotSingle({ symbol: "AAPL", ...IEX });
    expect(snapshot).toMatchObject({ symbol: "AAPL", latestQuote: { bp: 100 }, dailyBar: { c: 100.02 } });
    expect(snapshot.prevDailyBar).toBeDefined();
  });

  it("[AS2] bars, quotes and trades over several pages and symbols", async () => {
    for (let minute = 0; minute < 3; minute += 1) {
      await bench.clock.advance(60_000);
      for (const symbol of ["AAPL", "MSFT"]) {
        bench.feed.quote(symbol, 100 + minute, 101 + minute);
        bench.feed.print(symbol, 100.5 + minute);
      }
    }
    const { marketData } = alpaca;
    const asked = { symbols: "AAPL,MSFT", start: new Date("2026-11-20T15:00:30Z"), limit: 2, ...IEX };
    const prices = (rows: readonly { price: number }[] | undefined): readonly number[] =>
      (rows ?? []).map(({ price }) => price);
    const trades = await marketData.getStockTrades(asked);
    expect([prices(trades["AAPL"]), prices(trades["MSFT"])]).toEqual([
      [100.5, 101.5, 102.5],
      [100.5, 101.5, 102.5],
    ]);
    const quotes = await marketData.getStockQuotes(asked);
    expect(quotes["MSFT"]?.map(({ bidPrice }) => bidPrice)).toEqual([100, 101, 102]);
    const bars = await marketData.getStockBars({ ...asked, timeframe: TimeFrame.Minute });
    expect([bars["AAPL"]?.length, bars["MSFT"]?.length]).toEqual([3, 3]);
    const pages = bench.simulator.journal.requests("GET", "/v2/stocks/trades");
    expect(pages.filter(({ path }) => path.includes("page_token=")).length).toBe(2);
  });

  it("[AS2] every channel of the market-data stream", async () => {
    const stream = alpaca.marketData.stockStream({ url: bench.simulator.endpoints.dataStream, reconnect: false });
    const heard: string[] = [];
    const statuses: streaming.StreamStatus[] = [];
    const lulds: streaming.StreamLuld[] = [];
    const corrections: streaming.StreamCorrection[] = [];
    stream.onBar(() => heard.push("bar"));
    stream.onUpdatedBar(({ close }) => heard.push(`updated ${close}`));
    stream.onDailyBar(({ symbol }) => heard.push(`day ${symbol}`));
    stream.onStatus((status) => statuses.push(status));
    stream.onLuld((luld) => lulds.push(luld));
    stream.onCorrection((correction) => corrections.push(correction));
    stream.onCancelError(({ id, action }) => heard.push(`canceled ${id} ${action}`));
    let subscribed = 0;
    stream.on("subscription", () => (subscribed += 1));
    stream.onConnect(() => {
      stream.subscribeForTrades(["AAPL"]);
      stream.subscribeForUpdatedBars(["AAPL"]);
      stream.subscribeForDailyBars(["AAPL"]);
      stream.subscribeForStatuses(["AAPL"]);
      stream.subscribeForLulds(["AAPL"]);
    });
    stream.connect();
    await until(() => subscribed >= 5);
    const { market } = bench.simulator;
    market.halt("AAPL", "News pending");
    market.resume("AAPL");
    const common = { S: "AAPL", t: market.stamp(), z: "C" } as const;
    market.publish({ T: "l", ...common, u: 105, d: 95, i: "B" });
    const before = { oi: 1, op: 100, os: 100, oc: ["@"] };
    market.publish({ T: "c", ...common, x: "V", ...before, ci: 2, cp: 99.5, cs: 100, cc: ["@"] });
    market.publish({ T: "x", ...common, i: 7, x: "V", p: 100, s: 100, a: "C" });
    market.publish({ T: "u", ...common, o: 1, h: 2, l: 1, c: 1.5, v: 10, n: 1, vw: 1.2 });
    bench.feed.print("AAPL", 100.5);
    await bench.clock.advance(61_000);
    await until(() => heard.includes("day AAPL") && heard.length === 3);
    expect(statuses.map(({ statusCode, reasonMessage }) => [statusCode, reasonMessage])).toEqual([
      ["H", "News pending"],
      ["T", ""],
    ]);
    expect(lulds).toMatchObject([{ limitUpPrice: 105, limitDownPrice: 95, indicator: "B" }]);
    expect(corrections).toMatchObject([{ originalPrice: 100, correctedPrice: 99.5, correctedId: 2 }]);
    expect(heard).toEqual(["canceled 7 C", "updated 1.5", "day AAPL"]);
    stream.disconnect();
  });
});
