import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { BrokerError } from "../../BrokerError.ts";
import { ScriptedAlpaca, until, type ScriptedAnswer } from "../../testing/alpaca/ScriptedAlpaca.ts";
import { FakeClock } from "../../testing/FakeClock.ts";
import type { RestRequest } from "./AlpacaTransport.ts";
import { ERROR_BODY_BYTES, HttpTransport } from "./HttpTransport.ts";
import { TradingRest } from "./TradingRest.ts";

const KEYS = { keyId: "PK-KEY-ID-1", secretKey: "SECRET-OF-THE-KEY-1" };
const BODY = {
  client_order_id: "tdP-1",
  symbol: "AAPL",
  side: "buy",
  type: "market",
  time_in_force: "day",
  qty: "1",
} as const;
const GET: RestRequest = { host: "trading", method: "GET", path: "/v2/account", urgency: "read" };
const POST: RestRequest = { host: "trading", method: "POST", path: "/v2/orders", body: BODY, urgency: "order" };

let alpaca: ScriptedAlpaca;
let clock: FakeClock;
let transport: HttpTransport;

function connect(trading: string): HttpTransport {
  return new HttpTransport({ endpoints: { trading, data: trading }, keys: KEYS, clock });
}

beforeEach(async () => {
  alpaca = await ScriptedAlpaca.start();
  clock = new FakeClock();
  transport = connect(`http://${alpaca.address}`);
});
afterEach(async () => {
  transport[Symbol.dispose]();
  await alpaca[Symbol.asyncDispose]();
});

async function failureOf(call: Promise<unknown>): Promise<BrokerError> {
  const error = await call.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof BrokerError)) throw new TypeError("it should have failed with a BrokerError");
  return error;
}

/** Everything that an error could be printed as. */
function printed(error: unknown): string {
  if (!(error instanceof Error)) return JSON.stringify(error);
  const details = error instanceof BrokerError ? JSON.stringify(error.details) : "";
  return `${error.message} ${error.stack ?? ""} ${details} ${error.cause === undefined ? "" : printed(error.cause)}`;
}

describe("the transport", () => {
  it("[AL5] sends a request once, with the keys in its headers and nowhere else", async () => {
    alpaca.on("POST /v2/orders", { json: {} });
    await transport.send(POST);
    const [request, ...others] = alpaca.requests;
    expect(others).toEqual([]);
    expect(request).toMatchObject({ method: "POST", path: "/v2/orders", body: JSON.stringify(BODY) });
    expect(request?.headers).toMatchObject({ "apca-api-key-id": KEYS.keyId, "apca-api-secret-key": KEYS.secretKey });
    expect(`${request?.path}${String(request?.query)}${request?.body}`).not.toContain("KEY");
  });

  it("[AL5] encodes what goes into a path or a query", async () => {
    alpaca.on("GET /v2/assets/BTC%2FUSD", {
      status: 404,
      json: { code: 40410000, message: "asset not found for BTC/USD" },
    });
    const rest = new TradingRest(transport);
    expect(await rest.getAsset("BTC/USD")).toBeNull();
    expect(await rest.getOrderByClientOrderId("a b&c=d")).toBeNull();
    expect(alpaca.requests.at(-1)?.query.get("client_order_id")).toBe("a b&c=d");
  });

  it.each([301, 302, 303, 307, 308])(
    "[AL5] goes to no other address for %i: it would carry the keys there",
    async (status) => {
      const elsewhere = await ScriptedAlpaca.start();
      const headers = { location: `http://${elsewhere.address}/v2/orders` };
      alpaca.on("POST /v2/orders", { status, headers }).on("GET /v2/account", { status, headers });
      expect(await transport.send(POST)).toMatchObject({ status });
      expect(await transport.send(GET)).toMatchObject({ status });
      expect(elsewhere.requests).toEqual([]);
      await elsewhere[Symbol.asyncDispose]();
    },
  );

  it("tells the budget of every answer", async () => {
    const reset = Math.floor(clock.now() / 1_000) + 30;
    const headers = {
      "x-ratelimit-limit": "200",
      "x-ratelimit-remaining": "0",
      "x-ratelimit-reset": String(reset),
      "x-request-id": "r-1",
    };
    alpaca.on("GET /v2/account", { json: {}, headers });
    expect(await transport.send(GET)).toMatchObject({
      requestId: "r-1",
      budget: { limit: 200, remaining: 0, resetAt: reset * 1_000 },
      retryAfterMs: 30_000,
    });
    alpaca.on("GET /v2/account", { json: {}, headers: { "x-ratelimit-limit": "many", "retry-after": "soon" } });
    expect(await transport.send(GET)).toMatchObject({ budget: null, retryAfterMs: null });
  });

  it("[AL4] what cannot have left this machine is refused, whatever it was", async () => {
    await alpaca[Symbol.asyncDispose]();
    for (const request of [GET, POST]) {
      expect(await failureOf(transport.send(request))).toMatchObject({ code: "CONNECTION_FAILED", outcome: "refused" });
    }
    alpaca = await ScriptedAlpaca.start();
  });

  it.each([
    ["a connection that is lost before the answer", { fate: "drop" }],
    ["an answer that is cut off", { json: { id: "1" }, fate: "cut" }],
    ["a server that failed after it took the order", { status: 500, json: { code: 50010000, message: "internal" } }],
    ["a gateway that gave up", { status: 504, bytes: "<html>504 Gateway Time-out</html>" }],
    ["a page in place of an answer", { status: 200, bytes: "<html>maintenance</html>" }],
    ["an answer of another kind", { status: 200, json: { hello: "world" } }],
    ["a refusal that nobody signed", { status: 403, bytes: "<html>blocked</html>" }],
    ["another address to go to", { status: 307, headers: { location: "http://127.0.0.1:1/steal" } }],
    [
      "another address, with words",
      { status: 302, json: { message: "moved" }, headers: { location: "http://127.0.0.1:1/" } },
    ],
    ["a request that timed out over there", { status: 408, json: { message: "timeout" } }],
  ] satisfies [string, ScriptedAnswer][])(
    "[AL4] %s leaves an order unknown, and a question refused",
    async (_what, answer) => {
      alpaca.on("POST /v2/orders", answer).on("GET /v2/account", answer);
      const rest = new TradingRest(transport);
      expect(await failureOf(rest.postOrder(BODY, "order"))).toMatchObject({
        code: "OUTCOME_UNKNOWN",
        outcome: "unknown",
      });
      expect(await failureOf(rest.getAccount())).toMatchObject({ outcome: "refused" });
      expect(alpaca.seen("POST /v2/orders")).toHaveLength(1);
    },
  );

  it("[AL4] so does a connection that was kept open from the last request", async () => {
    alpaca.on("GET /v2/account", { json: {} }).on("POST /v2/orders", { fate: "drop" });
    await transport.send(GET);
    expect(await failureOf(transport.send(POST))).toMatchObject({ code: "OUTCOME_UNKNOWN", outcome: "unknown" });
    expect(alpaca.seen("POST /v2/orders")).toHaveLength(1);
  });

  it("[AL7] an answer that does not come in time is given up by the clock", async () => {
    alpaca.on("POST /v2/orders", { fate: "hold" }).on("GET /v2/account", { fate: "hold" });
    const placing = failureOf(transport.send(POST));
    const asking = failureOf(transport.send(GET));
    await until(() => alpaca.requests.length === 2);
    await clock.advance(10_000);
    expect(await placing).toMatchObject({ code: "OUTCOME_UNKNOWN" });
    expect(await asking).toMatchObject({ code: "TIMEOUT", outcome: "refused" });
    expect(clock.pendingTimers).toBe(0);
  });

  it("[AL4] a caller who stops waiting leaves a sent order unknown", async () => {
    alpaca.on("POST /v2/orders", { fate: "hold" });
    const caller = new AbortController();
    const placing = failureOf(transport.send(POST, { signal: caller.signal }));
    await until(() => alpaca.requests.length === 1);
    caller.abort();
    expect(await placing).toMatchObject({ code: "OUTCOME_UNKNOWN" });
    expect(await failureOf(transport.send(POST, { signal: caller.signal }))).toMatchObject({
      code: "TIMEOUT",
      outcome: "refused",
    });
    expect(alpaca.requests).toHaveLength(1);
  });

  it("[AL7] a refusal of a megabyte is read at its beginning, and an answer without end not at all", async () => {
    const long = "x".repeat(1_000_000);
    alpaca.on("GET /v2/account", { status: 500, bytes: long });
    expect((await transport.send(GET)).body.length).toBe(ERROR_BODY_BYTES);
    alpaca.on("GET /v2/account", { status: 422, json: { code: 42210000, message: `sub-penny ${long}` } });
    expect((await failureOf(new TradingRest(transport).getAccount())).message.length).toBeLessThan(300);
    alpaca.on("GET /v2/account", { bytes: long.repeat(68) });
    expect(await failureOf(transport.send(GET))).toMatchObject({ code: "CONNECTION_FAILED", outcome: "refused" });
  });

  it("[AL6] no key is in an error, whatever failed and whatever Alpaca repeats", async () => {
    const rest = new TradingRest(transport);
    const message = `the key ${KEYS.keyId} with ${KEYS.secretKey} is wrong`;
    const answers: ScriptedAnswer[] = [
      { status: 401, json: { code: 40110000, message } },
      { status: 403, json: { code: 40310000, message, symbol: KEYS.secretKey } },
      { status: 422, json: { message } },
      { status: 500, bytes: message },
      { fate: "drop" },
      { fate: "cut", bytes: message },
    ];
    for (const answer of answers) {
      alpaca.on("POST /v2/orders", answer).on("GET /v2/account", answer);
      for (const call of [rest.postOrder(BODY, "order"), rest.getAccount()]) {
        const text = printed(await failureOf(call));
        expect(text).not.toContain(KEYS.keyId);
        expect(text).not.toContain(KEYS.secretKey);
      }
    }
  });
});
