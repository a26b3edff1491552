import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parseFixed } from "../../domain/decimal.ts";
import { ScriptedAlpaca } from "../../testing/alpaca/ScriptedAlpaca.ts";
import { STAGE_KEYS } from "../../testing/alpaca/StreamStage.ts";
import { wireActivityOf, wireOrderOf } from "../../testing/alpaca/wireBuilders.ts";
import { FakeClock } from "../../testing/FakeClock.ts";
import { FillHistory } from "../account/FillHistory.ts";
import REST from "../fixtures/rest.json" with { type: "json" };
import { DataRest } from "./DataRest.ts";
import { HttpTransport } from "./HttpTransport.ts";
import { ACTIVITIES_A_PAGE, TradingRest } from "./TradingRest.ts";

let alpaca: ScriptedAlpaca;
let transport: HttpTransport;
let trading: TradingRest;
let data: DataRest;

const recorded = (kind: string): unknown => REST.find((each) => each.kind === kind)?.body;
/** What was asked last, in one line. */
function asked(): string {
  const { method, path, query } = alpaca.requests.at(-1) ?? { method: "", path: "", query: new URLSearchParams() };
  return `${method} ${path}${query.size === 0 ? "" : `?${decodeURIComponent(String(query))}`}`;
}

beforeEach(async () => {
  alpaca = await ScriptedAlpaca.start();
  const endpoints = { trading: `http://${alpaca.address}`, data: `http://${alpaca.address}` };
  transport = new HttpTransport({ endpoints, keys: STAGE_KEYS, clock: new FakeClock() });
  trading = new TradingRest(transport);
  data = new DataRest(transport, "iex");
});
afterEach(async () => {
  transport[Symbol.dispose]();
  await alpaca[Symbol.asyncDispose]();
});

describe("the trading interface", () => {
  it("reads and changes the account's configurations", async () => {
    alpaca.on("GET /v2/account/configurations", { json: recorded("configurations") });
    expect(await trading.getConfigurations()).toMatchObject({ suspend_trade: false, max_margin_multiplier: "4" });
    alpaca.on("PATCH /v2/account/configurations", ({ body }) => ({ json: JSON.parse(body) }));
    expect(await trading.patchConfigurations({ no_shorting: true })).toEqual({ no_shorting: true });
  });

  it("cancels all orders, and tells how each went", async () => {
    const answers = [
      { id: "1", status: 200 },
      { id: "2", status: 500 },
    ];
    alpaca.on("DELETE /v2/orders", { status: 207, json: answers });
    expect(await trading.deleteOrders()).toEqual(answers);
  });

  it("closes a position whole or in part, and all of them", async () => {
    alpaca
      .on("DELETE /v2/positions/BRK.B", { json: wireOrderOf({ symbol: "BRK.B", side: "sell" }) })
      .on("DELETE /v2/positions", { status: 207, json: [{ symbol: "AAPL", status: 200, body: wireOrderOf() }] });
    expect(await trading.deletePosition("BRK.B", null)).toMatchObject({ symbol: "BRK.B", side: "sell" });
    expect(asked()).toBe("DELETE /v2/positions/BRK.B");
    await trading.deletePosition("BRK.B", { percentage: "50" });
    expect(asked()).toBe("DELETE /v2/positions/BRK.B?percentage=50");
    expect(await trading.deletePositions(true)).toMatchObject([{ symbol: "AAPL", status: 200 }]);
    expect(asked()).toBe("DELETE /v2/positions?cancel_orders=true");
  });

  it("reads one position, and none where nothing is held", async () => {
    alpaca.on("GET /v2/positions/AAPL", { json: recorded("position") });
    expect(await trading.getPosition("AAPL")).toMatchObject({ symbol: "AAPL", qty: parseFixed("5") });
    alpaca.on("GET /v2/positions/AAPL", { status: 404, json: { code: 40410000, message: "position does not exist" } });
    expect(await trading.getPosition("AAPL")).toBeNull();
  });

  it("reads clock and calendar", async () => {
    alpaca.on("GET /v2/clock", { json: recorded("clock") }).on("GET /v2/calendar", {
      json: [{ date: "2026-11-27", open: "09:30", close: "13:00", session_open: "0400", session_close: "1700" }],
    });
    expect(await trading.getClock()).toMatchObject({ is_open: true, timestamp: Date.UTC(2025, 5, 24, 18, 15, 22) });
    expect(await trading.getCalendar("2026-11-27", "2026-11-27")).toMatchObject([{ close: "13:00" }]);
    expect(asked()).toBe("GET /v2/calendar?start=2026-11-27&end=2026-11-27");
  });

  it("reads activities of every kind and the portfolio's history", async () => {
    alpaca
      .on("GET /v2/account/activities", { json: [recorded("activity"), recorded("fillActivity")] })
      .on("GET /v2/account/portfolio/history", { json: recorded("portfolioHistory") });
    const told = await trading.getNonTradeActivities({ pageToken: "x::y" });
    expect(told.map((each) => each?.activity_type)).toEqual(["DIV", "FILL"]);
    expect(asked()).toContain("category=non_trade_activity");
    expect(asked()).toContain("page_token=x::y");
    expect((await trading.getPortfolioHistory({ period: "1M", timeframe: "1D" })).equity).toHaveLength(5);
    expect(asked()).toBe("GET /v2/account/portfolio/history?period=1M&timeframe=1D");
  });
});

describe("executions in pages", () => {
  it("are read to the end", async () => {
    const order = wireOrderOf({ qty: "1000" });
    const all = Array.from({ length: ACTIVITIES_A_PAGE + 3 }, (_, index) => ({
      ...wireActivityOf(order, "1", index < 60 ? "10" : "12", String(index + 1)),
      side: index < 60 ? "buy" : "sell",
    }));
    alpaca.on("GET /v2/account/activities/FILL", ({ query }) => {
      const from = all.findIndex(({ id }) => id === query.get("page_token")) + 1;
      return { json: all.slice(from, from + ACTIVITIES_A_PAGE) };
    });
    const history = new FillHistory(trading);
    expect(await history.since(Date.UTC(2026, 10, 20, 15, 1, 40))).toHaveLength(4);
    expect(alpaca.requests).toHaveLength(2);
  });
});

describe("the data interface", () => {
  it("reads the latest of several symbols", async () => {
    alpaca
      .on("GET /v2/stocks/snapshots", { json: recorded("snapshots") })
      .on("GET /v2/stocks/quotes/latest", { json: recorded("latestQuotes") })
      .on("GET /v2/stocks/trades/latest", { json: recorded("latestTrades") })
      .on("GET /v2/stocks/bars/latest", { json: recorded("latestBars") });
    expect(await data.getSnapshot("AAPL")).toMatchObject({ dailyBar: { v: 56_457_696 } });
    expect(await data.getSnapshot("NOSUCH")).toBeNull();
    expect((await data.getLatestQuotes(["AAPL", "TSLA"])).quotes["TSLA"]).toMatchObject({ bp: 911.3, ap: 911.6 });
    expect(asked()).toBe("GET /v2/stocks/quotes/latest?feed=iex&symbols=AAPL,TSLA");
    expect(Object.keys((await data.getLatestTrades(["AAPL"])).trades)).toContain("AAPL");
    expect(Object.keys((await data.getLatestBars(["AAPL"])).bars)).toContain("AAPL");
  });

  it("puts pages of bars, quotes and trades together, as many as were asked for", async () => {
    const bar = (minute: number) => ({ t: `2026-11-20T15:0${minute}:00Z`, o: 1, h: 2, l: 1, c: 2, v: 100 });
    alpaca.on("GET /v2/stocks/bars", ({ query }) =>
      query.get("page_token") === "next"
        ? { json: { bars: { AAPL: [bar(2), bar(3)] }, next_page_token: null } }
        : { json: { bars: { AAPL: [bar(0), bar(1)] }, next_page_token: "next" } },
    );
    const span = { symbol: "AAPL", start: 0, limit: 100 };
    expect((await data.getBars(span, "1Min")).map(({ t }) => new Date(t).getUTCMinutes())).toEqual([0, 1, 2, 3]);
    expect(await data.getBars({ ...span, limit: 3 }, "1Min")).toHaveLength(3);
    alpaca.on("GET /v2/stocks/bars", { json: { bars: null, next_page_token: "" } });
    expect(await data.getBars(span, "1Min")).toEqual([]);
    alpaca.on("GET /v2/stocks/quotes", { json: recorded("quotes") }).on("GET /v2/stocks/trades", {
      json: { trades: { AAPL: [{ t: "2026-11-20T15:00:00Z", p: 1, s: 1, i: 5 }] }, next_page_token: "same" },
    });
    expect((await data.getQuotes({ ...span, limit: 1 })).length).toBeGreaterThan(0);
    expect(await data.getTrades(span)).toHaveLength(2);
  });

  it("[AL8] a question that the plan does not cover is NOT_SUPPORTED", async () => {
    const json = { code: 42210000, message: "subscription does not permit querying recent SIP data" };
    alpaca.on("GET /v2/stocks/bars", { status: 403, json });
    await expect(data.getBars({ symbol: "AAPL", start: 0, limit: 1 }, "1Day")).rejects.toMatchObject({
      code: "NOT_SUPPORTED",
      outcome: "refused",
    });
  });
});
