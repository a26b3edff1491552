import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { SessionStage, STAGE_ACCOUNT } from "../../testing/alpaca/SessionStage.ts";
import { STAGE_KEYS } from "../../testing/alpaca/StreamStage.ts";
import { failureOf } from "../../testing/contract/calls.ts";
import type { AlpacaFeed } from "../AlpacaTypes.ts";
import { proveAlpaca } from "./proveAlpaca.ts";

let stage: SessionStage;

beforeEach(async () => {
  stage = await SessionStage.set();
  stage.alpaca
    .on("GET /v2/account", { json: { ...STAGE_ACCOUNT, shorting_enabled: true, trade_suspended_by_user: false } })
    .on("GET /v2/account/configurations", { json: { fractional_trading: true, no_shorting: false } })
    .on("GET /v2/stocks/quotes/latest", { json: { quotes: {} } });
});
afterEach(() => stage[Symbol.asyncDispose]());

const prove = (feed: AlpacaFeed = "iex") => {
  const { alpaca, clock } = stage;
  return proveAlpaca({ mode: "paper", keys: STAGE_KEYS, venue: alpaca.venue, feed }, { clock });
};
const stateOf = async (name: string) => (await prove()).checks.find((check) => check.name === name);

describe("proving an Alpaca account", () => {
  it("[AL23] says what was found, each thing with its value, and changes nothing at Alpaca", async () => {
    const { accountId, checks } = await prove();
    expect(accountId).toBe("PA3000000001");
    expect(checks.map(({ name, state }) => `${name} ${state}`)).toEqual([
      "credentials passed",
      "account passed",
      "host passed",
      "feed passed",
      "clock passed",
      "trading passed",
      "shorting passed",
      "fractional passed",
      "overnight passed",
    ]);
    expect(checks[1]?.value).toBe("PA3000000001");
    expect(checks[2]?.value).toMatch(/^127\.0\.0\.1:\d+, a simulator$/);
    expect(stage.alpaca.opened).toMatchObject({ orders: 0, prices: 0 });
    expect(stage.alpaca.requests.every(({ method }) => method === "GET")).toBe(true);
  });

  it("[AL23] what the account may not do is limited, and says what to do", async () => {
    stage.alpaca.on("GET /v2/account/configurations", { json: { fractional_trading: false, no_shorting: true } });
    expect(await stateOf("fractional")).toMatchObject({ state: "limited", fix: expect.stringMatching(/fractional/) });
    expect(await stateOf("shorting")).toMatchObject({ state: "limited", fix: expect.stringMatching(/no shorting/) });
    stage.alpaca.on("GET /v2/account/configurations", { json: { disable_overnight_trading: true } });
    expect(await stateOf("overnight")).toMatchObject({ state: "limited", value: "switched off" });
    stage.alpaca.on("GET /v2/account", { json: { ...STAGE_ACCOUNT, trade_suspended_by_user: true } });
    expect(await stateOf("trading")).toMatchObject({ state: "limited", value: "suspended by its owner" });
  });

  it.each([
    [5_000, "limited", "this machine is 5000 ms behind Alpaca"],
    [-5_000, "limited", "this machine is 5000 ms ahead of Alpaca"],
    [300, "passed", "this machine is 300 ms behind Alpaca"],
  ])("[AL23] a clock that is %d ms off is %s", async (skewMs, state, value) => {
    stage.alpaca.on("GET /v2/clock", () => ({
      json: {
        timestamp: new Date(stage.clock.now() + skewMs).toISOString(),
        is_open: true,
        next_open: "2026-11-23T09:30:00-05:00",
        next_close: "2026-11-20T16:00:00-05:00",
      },
    }));
    expect(await stateOf("clock")).toMatchObject({ state, value });
  });

  it.each([
    [
      "wrong keys",
      { status: 401, json: { code: 40110000, message: "request is not authorized" } },
      "AUTHENTICATION_FAILED",
    ],
    ["a suspended account", { json: { ...STAGE_ACCOUNT, status: "ACCOUNT_CLOSED" } }, "AUTHENTICATION_FAILED"],
    ["a blocked account", { json: { ...STAGE_ACCOUNT, account_blocked: true } }, "AUTHENTICATION_FAILED"],
    ["too many requests", { status: 429, bytes: "" }, "RATE_LIMIT_EXCEEDED"],
    ["a page instead of an answer", { status: 200, bytes: "<html>Sign in</html>" }, "API_ERROR"],
    ["a page instead of a refusal", { status: 502, bytes: `<html>${STAGE_KEYS.secretKey}</html>` }, "API_ERROR"],
  ])("[AL23] %s: a coded error, without the keys", async (_what, answer, code) => {
    stage.alpaca.on("GET /v2/account", answer);
    const error = await failureOf(prove());
    expect(error).toMatchObject({ code, outcome: "refused" });
    const told = `${error.message} ${JSON.stringify(error.details)}`;
    expect(told).not.toContain(STAGE_KEYS.secretKey);
    expect(told).not.toContain(STAGE_KEYS.keyId);
  });

  it("[AL23] prices that the plan does not include are refused before anything is stored", async () => {
    const answer = {
      status: 403,
      json: { code: 42210000, message: "subscription does not permit querying recent SIP data" },
    };
    stage.alpaca.on("GET /v2/stocks/quotes/latest", answer);
    expect(await failureOf(prove("sip"))).toMatchObject({
      code: "NOT_SUPPORTED",
      message: expect.stringContaining("does not include these prices (All exchanges)"),
    });
  });
});
