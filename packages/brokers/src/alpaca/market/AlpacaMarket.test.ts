import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { MarketData } from "../../domain/marketData.ts";
import { until, type ScriptedAlpaca } from "../../testing/alpaca/ScriptedAlpaca.ts";
import { SessionStage } from "../../testing/alpaca/SessionStage.ts";
import { marketOrder } from "../../testing/builders.ts";
import { failureOf } from "../../testing/contract/calls.ts";
import type { FakeClock } from "../../testing/FakeClock.ts";
import type { AlpacaSession } from "../AlpacaSession.ts";

const LISTED = {
  id: "b0b6dd9d-8b9b-48a9-ba46-b9d54906e415",
  class: "us_equity",
  exchange: "NASDAQ",
  name: "A share",
  status: "active",
  tradable: true,
  attributes: [],
};

let alpaca: ScriptedAlpaca;
let clock: FakeClock;
let client: AlpacaSession;
let stage: SessionStage;

beforeEach(async () => {
  stage = await SessionStage.set();
  ({ alpaca, clock, client } = stage);
});
afterEach(() => stage[Symbol.asyncDispose]());

describe("prices", () => {
  const quote = (bid: number, ask: number) => [
    { T: "q", S: "AAPL", bp: bid, bs: 100, ap: ask, as: 100, t: stage.time() },
  ];

  it("a subscriber is told the snapshot, then each change", async () => {
    await client.connect();
    const told: MarketData[] = [];
    const unsubscribe = await client.subscribeToMarketData("AAPL", (data) => told.push(data));
    await until(() => told.length > 0);
    await until(() => alpaca.said.prices.length === 3);
    alpaca.say("prices", quote(101, 101.02));
    await until(() => told.at(-1)?.ask === 101.02);
    expect(told.at(-1)).toMatchObject({ symbol: "AAPL", bid: 101, source: "broker", feed: "streaming", last: 100 });
    unsubscribe();
    await until(() => alpaca.said.prices.length === 4);
    expect(alpaca.said.prices.at(-1)).toMatchObject({ action: "unsubscribe", quotes: ["AAPL"] });
  });

  it("[AL21] where the broker's own clock contradicts the calendar, the broker is right", async () => {
    await client.connect();
    expect(await client.getMarketHours("NYSE")).toMatchObject({ isOpen: true, session: "regular", alwaysOpen: false });
    const json = {
      timestamp: stage.time(),
      is_open: false,
      next_open: "2026-11-20T13:00:00-05:00",
      next_close: "2026-11-20T16:00:00-05:00",
    };
    alpaca.on("GET /v2/clock", { json });
    await client.disconnect();
    await client.connect();
    const nextOpenAt = Date.UTC(2026, 10, 20, 18);
    expect(await client.getMarketHours("NYSE")).toMatchObject({ isOpen: false, session: "closed", nextOpenAt });
    expect(await failureOf(client.placeOrder(marketOrder("AAPL", "buy", 1)))).toMatchObject({ code: "MARKET_CLOSED" });
  });

  it("an old price is stale, and no market order goes by it", async () => {
    alpaca.on("GET /v2/stocks/snapshots", {
      json: { AAPL: { latestQuote: { t: "2026-11-20T14:50:00Z", bp: 100, bs: 1, ap: 100.02, as: 1 } } },
    });
    await client.connect();
    expect(await client.getMarketData("AAPL")).toMatchObject({ feed: "stale", ask: 100.02 });
    expect(await failureOf(client.placeOrder(marketOrder("AAPL", "buy", 1)))).toMatchObject({ code: "NO_MARKET_DATA" });
    expect(alpaca.seen("POST /v2/orders")).toEqual([]);
  });

  it("[AL19] a stream that is open and tells nothing is found by what the other side has, and opened anew", async () => {
    alpaca.on("GET /v2/stocks/quotes/latest", () => ({
      json: { quotes: { AAPL: { t: new Date(clock.now() - 5_000).toISOString(), bp: 100, bs: 1, ap: 100.02, as: 1 } } },
    }));
    alpaca.on("GET /v2/stocks/trades/latest", { json: { trades: {} } });
    await client.connect();
    await client.subscribeToMarketData("AAPL", () => undefined);
    await clock.advanceUntil(() => alpaca.opened.prices === 2, 1_000, 60_000);
    await clock.advanceUntil(() => client.getConnectionStatus().isHealthy, 100, 30_000);
    expect(stage.logged.join()).toContain("tells nothing");
  });

  it("[AL19] so is one of a share that is quoted all the time", async () => {
    const prices = { bp: 100, bs: 1, ap: 100.02, as: 1 };
    alpaca.on("GET /v2/stocks/quotes/latest", () => ({
      json: { quotes: { AAPL: { t: new Date(clock.now()).toISOString(), ...prices } } },
    }));
    alpaca.on("GET /v2/stocks/trades/latest", { json: { trades: {} } });
    await client.connect();
    await client.subscribeToMarketData("AAPL", () => undefined);
    await clock.advanceUntil(() => alpaca.opened.prices === 2, 1_000, 60_000);
    expect(stage.logged.join()).toContain("tells nothing");
  });

  it("[AL19] a price that is on its way while Alpaca is asked is no sign of a mute stream", async () => {
    alpaca.on("GET /v2/stocks/trades/latest", { json: { trades: {} } });
    alpaca.on("GET /v2/stocks/quotes/latest", () => {
      const t = new Date(clock.now()).toISOString();
      alpaca.say("prices", [{ T: "q", S: "AAPL", bp: 100, bs: 1, ap: 100.02, as: 1, t }]);
      return { json: { quotes: { AAPL: { t, bp: 100, bs: 1, ap: 100.02, as: 1 } } } };
    });
    await client.connect();
    await client.subscribeToMarketData("AAPL", () => undefined);
    for (let second = 0; second < 60; second += 1) {
      await clock.advance(1_000);
      await until(() => true);
    }
    expect(alpaca.seen("GET /v2/stocks/quotes/latest").length).toBeGreaterThan(1);
    expect(alpaca.opened.prices).toBe(1);
  });

  it("[AL24] a halt is told with the price until it ends, and is not kept over a gap", async () => {
    await client.connect();
    const told: MarketData[] = [];
    await client.subscribeToMarketData("AAPL", (data) => told.push(data));
    await until(() => told.length > 0 && alpaca.said.prices.length === 3);
    const t = new Date(clock.now()).toISOString();
    const say = (sc: string): void => alpaca.say("prices", [{ T: "s", S: "AAPL", sc, rm: "news", t }]);
    say("H");
    await until(() => told.at(-1)?.halt !== undefined);
    expect(told.at(-1)?.halt).toEqual({ status: "halted", since: clock.now(), reason: "news" });
    // Neither a restriction of short sales nor the return of quotes is trading.
    for (const code of ["E", "Q", "C"]) say(code);
    alpaca.say("prices", quote(101, 101.02));
    await until(() => told.at(-1)?.ask === 101.02);
    expect(told.map(({ halt }) => halt?.status).slice(-2)).toEqual(["halted", "halted"]);
    say("P");
    await until(() => told.at(-1)?.halt?.status === "paused");
    say("T");
    await until(() => told.at(-1)?.halt === undefined);
    say("2");
    await until(() => told.at(-1)?.halt?.status === "halted");
    say("3");
    await until(() => told.at(-1)?.halt === undefined);
    say("2");
    await until(() => told.at(-1)?.halt !== undefined);
    alpaca.close("prices");
    await until(() => client.getConnectionStatus().channels.data.state === "down");
    expect((await client.getMarketData("AAPL")).halt).toBeUndefined();
  });

  it("[QH20] two hundred symbols that are watched at once cost two dozen requests at most, and each has its price", async () => {
    const symbols = Array.from({ length: 200 }, (_, place) => `S${String.fromCharCode(65 + (place % 26))}${place}`);
    const listed = symbols.map((symbol) => ({ ...LISTED, symbol }));
    // One is so new that the list has it not, and is asked for by itself.
    alpaca.on("GET /v2/assets", { json: listed.slice(0, -1) });
    for (const asset of listed) alpaca.on(`GET /v2/assets/${asset.symbol}`, { json: asset });
    alpaca.on("GET /v2/stocks/snapshots", ({ query }) => ({
      json: Object.fromEntries(
        (query.get("symbols") ?? "")
          .split(",")
          .map((symbol) => [symbol, { latestTrade: { t: stage.time(), p: symbols.indexOf(symbol) + 1, s: 5 } }]),
      ),
    }));
    await client.connect();
    const before = alpaca.requests.length;
    const told = new Map<string, number | null>();
    const watch = (symbol: string) => client.subscribeToMarketData(symbol, ({ last }) => void told.set(symbol, last));
    await Promise.all(symbols.map((symbol) => watch(symbol)));
    await until(() => told.size === 200);
    expect([...told].every(([symbol, last]) => last === symbols.indexOf(symbol) + 1)).toBe(true);
    expect(alpaca.requests.length - before).toBeLessThanOrEqual(24);
  });

  it("[QH20] one whose request failed hears of it, and the next one is asked for all the same", async () => {
    await client.connect();
    alpaca.on("GET /v2/stocks/snapshots", { status: 400, json: { message: "no" } });
    expect(await failureOf(client.subscribeToMarketData("AAPL", () => undefined))).toMatchObject({ broker: "Alpaca" });
    alpaca.on("GET /v2/stocks/snapshots", {
      json: { AAPL: { latestTrade: { t: stage.time(), p: 7, s: 5 } } },
    });
    const told: MarketData[] = [];
    await client.subscribeToMarketData("AAPL", (data) => told.push(data));
    await until(() => told.at(-1)?.last === 7);
  });

  it("[AL19] a quiet share is not taken for a mute stream", async () => {
    const old = new Date(clock.now() - 60_000).toISOString();
    alpaca.on("GET /v2/stocks/quotes/latest", {
      json: { quotes: { AAPL: { t: old, bp: 100, bs: 1, ap: 100.02, as: 1 } } },
    });
    alpaca.on("GET /v2/stocks/trades/latest", { json: { trades: { AAPL: { t: old, p: 100, s: 1 } } } });
    await client.connect();
    await client.subscribeToMarketData("AAPL", () => undefined);
    for (let second = 0; second < 120; second += 1) {
      await clock.advance(1_000);
      await until(() => true);
    }
    expect(alpaca.seen("GET /v2/stocks/quotes/latest").length).toBeGreaterThan(2);
    expect(alpaca.opened.prices).toBe(1);
    expect(client.getConnectionStatus().isHealthy).toBe(true);
  });
});
