import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { until, type ScriptedAlpaca } from "../testing/alpaca/ScriptedAlpaca.ts";
import { SessionStage, STAGE_ACCOUNT } from "../testing/alpaca/SessionStage.ts";
import { STAGE_KEYS } from "../testing/alpaca/StreamStage.ts";
import { limitOrder } from "../testing/builders.ts";
import { failureOf } from "../testing/contract/calls.ts";
import type { FakeClock } from "../testing/FakeClock.ts";
import type { AlpacaSession } from "./AlpacaSession.ts";

let alpaca: ScriptedAlpaca;
let clock: FakeClock;
let client: AlpacaSession;
let stage: SessionStage;

beforeEach(async () => {
  stage = await SessionStage.set();
  ({ alpaca, clock, client } = stage);
});
afterEach(() => stage[Symbol.asyncDispose]());

describe("connecting", () => {
  it("[AL9] proves the keys by the account, then listens, then reads what there is", async () => {
    expect(await client.connect()).toBe(true);
    expect(alpaca.requests[0]).toMatchObject({ method: "GET", path: "/v2/account" });
    expect(await client.getAccountInfo()).toMatchObject({ accountId: "PA3000000001", mode: "paper", equity: "100000" });
    expect(client.getConnectionStatus()).toMatchObject({ state: "connected", isHealthy: true, error: null });
  });

  it.each([
    [
      "keys that are not accepted",
      { status: 401, json: { code: 40110000, message: "request is not authorized" } },
      /does not accept these keys/,
    ],
    ["an account in a state that nobody knows", { json: { ...STAGE_ACCOUNT, status: "IN_LIMBO" } }, /IN_LIMBO/],
    ["a suspended account", { json: { ...STAGE_ACCOUNT, status: "ACCOUNT_CLOSED" } }, /may not trade/],
    ["an account that is blocked", { json: { ...STAGE_ACCOUNT, trading_blocked: true } }, /blocked/],
  ])("[AL9] %s: AUTHENTICATION_FAILED, and nothing is left open", async (_what, answer, message) => {
    alpaca.on("GET /v2/account", answer);
    const error = await failureOf(client.connect());
    expect(error).toMatchObject({
      code: "AUTHENTICATION_FAILED",
      outcome: "refused",
      message: expect.stringMatching(message),
    });
    expect([client.isConnected(), alpaca.opened.orders, clock.pendingTimers]).toEqual([false, 0, 0]);
    expect(client.getConnectionStatus().error?.code).toBe("AUTHENTICATION_FAILED");
  });

  it("[AL13] what cannot be read at the beginning is not connected, and nothing is left open", async () => {
    alpaca.on("GET /v2/orders", { status: 500, bytes: "no" });
    expect(await failureOf(client.connect())).toMatchObject({ code: "API_ERROR", outcome: "refused" });
    await until(() => alpaca.openNow("orders") === 0);
    expect([client.isConnected(), alpaca.opened.orders, clock.pendingTimers]).toEqual([false, 1, 0]);
  });

  it("[AL9] a connection never becomes another account's", async () => {
    await client.connect();
    await client.disconnect();
    alpaca.on("GET /v2/account", { json: { ...STAGE_ACCOUNT, account_number: "PA3999999999" } });
    expect((await failureOf(client.connect())).message).toMatch(/another account/);
  });

  it("[AL6] no key is in a log or an address", async () => {
    await client.connect();
    alpaca.close("orders");
    alpaca.close("prices");
    await until(() => stage.logged.length > 1);
    const all = `${stage.logged.join()} ${alpaca.requests.map(({ path, query }) => `${path}?${String(query)}`).join()}`;
    expect(all).not.toContain(STAGE_KEYS.keyId);
    expect(all).not.toContain(STAGE_KEYS.secretKey);
  });

  it("[AL17] what a reconnect left out is in the status, and healing asks for it again", async () => {
    await client.connect();
    await client.subscribeToMarketData("AAPL", () => undefined);
    const polite = alpaca.dialogue.prices;
    alpaca.dialogue.prices = (message, socket) =>
      JSON.stringify(message).includes("subscribe")
        ? socket.send(JSON.stringify([{ T: "subscription", trades: ["AAPL"], quotes: [], dailyBars: ["AAPL"] }]))
        : polite(message, socket);
    alpaca.close("prices");
    await until(() => client.getConnectionStatus().channels.data.state === "down");
    await clock.advance(2_000);
    const unsubscribed = () => client.getConnectionStatus().unsubscribed ?? [];
    await until(() => unsubscribed().length > 0);
    expect(client.getConnectionStatus()).toMatchObject({
      state: "degraded",
      isHealthy: false,
      unsubscribed: ["AAPL"],
      error: { code: "NO_MARKET_DATA", message: expect.stringContaining("does not send AAPL") },
    });
    alpaca.dialogue.prices = polite;
    await client.connect();
    await until(() => unsubscribed().length === 0);
  });

  it("orders can be placed where prices cannot be had, and the status says so", async () => {
    alpaca.greeting = [{ T: "error", code: 406, msg: "connection limit exceeded" }];
    stage.takeOrders();
    await client.connect();
    expect(client.getConnectionStatus()).toMatchObject({
      state: "degraded",
      isConnected: true,
      channels: { orders: { state: "up" }, data: { state: "down" }, rest: { state: "up" } },
      error: { code: "RATE_LIMIT_EXCEEDED" },
    });
    expect(await client.placeOrder(limitOrder("AAPL", "buy", 10, 90))).toMatchObject({ status: "submitted" });
  });
});

describe("leaving", () => {
  it("[BC3] leaves no socket, no timer and no request behind", async () => {
    await client.connect();
    await client.subscribeToMarketData("AAPL", () => undefined);
    await client.disconnect();
    await client.disconnect();
    expect(clock.pendingTimers).toBe(0);
    await until(() => alpaca.openNow("orders") + alpaca.openNow("prices") === 0);
  });

  it("[BC3] ends every question that is under way, however many", async () => {
    await client.connect();
    const warnings: Error[] = [];
    const warn = (warning: Error): void => void warnings.push(warning);
    process.on("warning", warn);
    alpaca.on("GET /v2/orders:by_client_order_id", { fate: "hold" });
    const asking = Array.from({ length: 30 }, (_, index) => failureOf(client.getOrderByClientOrderId(`q-${index}`)));
    await until(() => alpaca.seen("GET /v2/orders:by_client_order_id").length === 30);
    await client.disconnect();
    for (const error of await Promise.all(asking)) expect(error).toMatchObject({ outcome: "refused" });
    await until(() => alpaca.openNow("orders") === 0);
    process.off("warning", warn);
    expect(warnings).toEqual([]);
  });

  it("[AL4] waits for the answer to an order", async () => {
    await client.connect();
    alpaca.on("POST /v2/orders", { fate: "hold" });
    const placing = failureOf(client.placeOrder(limitOrder("AAPL", "buy", 10, 90)));
    await until(() => alpaca.seen("POST /v2/orders").length === 1);
    let hasLeft = false;
    const leaving = client.disconnect().then(() => (hasLeft = true));
    await clock.advance(1_000);
    expect(hasLeft).toBe(false);
    await clock.advance(10_000);
    expect(await placing).toMatchObject({ code: "OUTCOME_UNKNOWN" });
    await leaving;
  });
});
