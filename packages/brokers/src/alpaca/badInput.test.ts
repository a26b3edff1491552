import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { BrokerError } from "../BrokerError.ts";
import type { ScriptedAlpaca, ScriptedAnswer } from "../testing/alpaca/ScriptedAlpaca.ts";
import { SessionStage, STAGE_ACCOUNT } from "../testing/alpaca/SessionStage.ts";
import { STAGE_KEYS } from "../testing/alpaca/StreamStage.ts";
import { wireOrderOf } from "../testing/alpaca/wireBuilders.ts";
import { limitOrder } from "../testing/builders.ts";
import { failureOf } from "../testing/contract/calls.ts";
import type { AlpacaSession } from "./AlpacaSession.ts";

let alpaca: ScriptedAlpaca;
let client: AlpacaSession;
let stage: SessionStage;

beforeEach(async () => {
  stage = await SessionStage.set();
  ({ alpaca, client } = stage);
});
afterEach(() => stage[Symbol.asyncDispose]());

/** After a budget that was spent, nothing is sent for longer than a second and shorter than this. */
const PATIENCE_MS = 3_000;
const MEGABYTE = "x".repeat(1_000_000);
const SPOILT: readonly (readonly [string, ScriptedAnswer, string])[] = [
  [
    "keys that expired",
    { status: 401, json: { code: 40110000, message: "request is not authorized" } },
    "AUTHENTICATION_FAILED",
  ],
  ["a spent budget", { status: 429, json: { code: 42910000, message: "rate limit exceeded" } }, "RATE_LIMIT_EXCEEDED"],
  ["a spent budget in plain text", { status: 429, bytes: "too many requests" }, "RATE_LIMIT_EXCEEDED"],
  ["a page in place of an answer", { bytes: "<html><body>maintenance</body></html>" }, "API_ERROR"],
  ["a refusal of a megabyte", { status: 500, bytes: MEGABYTE }, "API_ERROR"],
  ["a page of a gateway", { status: 502, bytes: `<html>${STAGE_KEYS.secretKey}</html>` }, "API_ERROR"],
  ["half an answer", { json: { account_number: "PA3" }, fate: "cut" }, "CONNECTION_FAILED"],
  ["an answer of something else", { json: [1, 2, 3] }, "API_ERROR"],
  ["nothing", { bytes: "" }, "API_ERROR"],
];

describe("bad input from Alpaca", () => {
  it.each(SPOILT)("[AL3] %s, within a session, is a coded error without a key in it", async (_what, answer, code) => {
    await client.connect();
    alpaca.on("GET /v2/account", answer);
    const error = await failureOf(client.getBalances());
    expect(error).toMatchObject({ code, outcome: "refused" });
    const text = `${error.message} ${JSON.stringify(error.details)} ${String(error.cause)}`;
    expect(text.length).toBeLessThan(1_000);
    for (const key of Object.values(STAGE_KEYS)) expect(text).not.toContain(key);
    alpaca.on("GET /v2/account", { json: STAGE_ACCOUNT });
    await stage.clock.advance(PATIENCE_MS);
    expect(await client.getBalances()).toMatchObject({ cash: "100000" });
    expect(client.getConnectionStatus().isHealthy).toBe(true);
  });

  it("[AL9] keys that expired show in the status", async () => {
    await client.connect();
    alpaca.on("GET /v2/account", { status: 401, json: { code: 40110000, message: "request is not authorized" } });
    await failureOf(client.getBalances());
    expect(client.getConnectionStatus()).toMatchObject({
      isHealthy: false,
      channels: { session: { state: "down" } },
      error: { code: "AUTHENTICATION_FAILED" },
    });
    expect(await failureOf(client.connect())).toMatchObject({ code: "AUTHENTICATION_FAILED" });
  });

  it("[AL2] numbers beyond 2^53 are exact, also where Alpaca sends them as numbers", async () => {
    await client.connect();
    const text = JSON.stringify({ ...STAGE_ACCOUNT, cash: "CASH", equity: "9007199254740993.25" });
    alpaca.on("GET /v2/account", { bytes: text.replace('"CASH"', "9007199254740993.123456789") });
    expect(await client.getBalances()).toMatchObject({
      cash: "9007199254740993.123456789",
      equity: "9007199254740993.25",
    });
  });

  it("[AL5] a symbol that needs encoding reaches the path that is meant, and no other", async () => {
    alpaca.on("GET /v2/assets/BTC%2FUSD", {
      json: { id: "1", class: "crypto", symbol: "BTC/USD", status: "active", tradable: true },
    });
    await client.connect();
    const before = alpaca.requests.length;
    expect(await failureOf(client.getMarketData("BTC/USD"))).toMatchObject({ code: "SYMBOL_NOT_FOUND" });
    expect(alpaca.requests.slice(before).map(({ path }) => path)).toEqual(["/v2/assets/BTC%2FUSD"]);
    for (const symbol of ["", ".", "..", "../../v2/orders", "A B", "AAPL?x=1", "Ä", "\ud800", "A".repeat(33)]) {
      expect(await failureOf(client.getMarketData(symbol))).toMatchObject({
        code: "SYMBOL_NOT_FOUND",
        outcome: "refused",
      });
    }
    expect(alpaca.requests.length).toBe(before + 1);
  });

  it("[AL4] whatever comes back for an order, it is placed at most once and its outcome is said", async () => {
    await client.connect();
    const answers = SPOILT.filter(([, , code]) => code !== "AUTHENTICATION_FAILED" && code !== "RATE_LIMIT_EXCEEDED");
    for (const [index, [, answer]] of answers.entries()) {
      alpaca.on("POST /v2/orders", answer);
      const error = await failureOf(client.placeOrder(limitOrder("AAPL", "buy", index + 1, 90)));
      expect(error).toMatchObject({ code: "OUTCOME_UNKNOWN", outcome: "unknown" });
    }
    expect(alpaca.seen("POST /v2/orders")).toHaveLength(answers.length);
  });

  it("[AL3] orders with strange fields and words are read, and those of no known kind left out", async () => {
    const odd = wireOrderOf({ order_class: "constellation", position_intent: "buy_to_dream", new_field: { a: 1 } });
    stage.book.open = [
      odd,
      wireOrderOf({ type: "pegged" }),
      wireOrderOf({ symbol: "", side: null, order_class: "mleg" }),
    ];
    await client.connect();
    expect((await client.getOpenOrders()).map(({ orderId }) => orderId)).toEqual([odd.id]);
  });

  it("every failure is a BrokerError, whatever any one answer is", async () => {
    await client.connect();
    const calls = {
      "GET /v2/positions": () => client.getPositions(),
      "GET /v2/orders": () => client.getOpenOrders(),
      "GET /v2/account/activities/FILL": () => client.getFills(0),
      "GET /v2/assets": () => client.searchInstruments("a", 5),
      "GET /v2/stocks/snapshots": () => client.getMarketData("AAPL"),
      "GET /v2/stocks/bars": () => client.getHistoricalBars({ symbol: "AAPL", timeframe: "1d", limit: 5 }),
    };
    for (const [route, call] of Object.entries(calls)) {
      for (const [, answer] of SPOILT) {
        alpaca.on(route, answer);
        const error = await call().then(
          () => null,
          (thrown: unknown) => thrown,
        );
        expect(error).toBeInstanceOf(BrokerError);
        expect(error).toMatchObject({ outcome: "refused" });
        if (answer.status === 429) await stage.clock.advance(PATIENCE_MS);
      }
    }
  });
});
