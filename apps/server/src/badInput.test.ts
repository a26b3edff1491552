import { randomUUID } from "node:crypto";
import { request } from "node:http";
import { SystemClock } from "@trenddojo/brokers";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestClient, type TestClient } from "./testing/createTestClient.ts";
import { createTestDesk, type TestDesk } from "./testing/createTestDesk.ts";
import { OWNER, setUp } from "./testing/people.ts";
import { until } from "./testing/until.ts";
import { raiseLimits, WIDE } from "./testing/raiseLimits.ts";
import { refusalOf } from "./testing/refusalOf.ts";
import { deskErrorData } from "./wire/errors.ts";
import type { OrderInput } from "./wire/orders.ts";

let desk: TestDesk;
let person: TestClient;
let accountId: string;

beforeAll(async () => {
  desk = await createTestDesk();
  person = createTestClient(desk.url);
  ({ accountId } = await setUp(person));
});
afterAll(async () => {
  await person[Symbol.asyncDispose]();
  await desk[Symbol.asyncDispose]();
});

const place = (order: OrderInput) => person.api.orders.place.mutate({ accountId, idempotencyKey: randomUUID(), order });

describe("orders that may not go", () => {
  const rows: readonly (readonly [string, OrderInput, string, string | null])[] = [
    ["no quantity", { type: "market", symbol: "AAPL", side: "buy", quantity: "0" }, "INVALID_ORDER", "quantity"],
    [
      "a negative quantity",
      { type: "market", symbol: "AAPL", side: "buy", quantity: "-5" },
      "INVALID_ORDER",
      "quantity",
    ],
    [
      "half a share of an order that rests",
      { type: "limit", symbol: "AAPL", side: "buy", quantity: "0.5", price: "100.00", timeInForce: "gtc" },
      "INVALID_ORDER",
      "quantity",
    ],
    [
      "a price off the tick",
      { type: "limit", symbol: "AAPL", side: "buy", quantity: "1", price: "100.005" },
      "INVALID_ORDER",
      "price",
    ],
    [
      "an absurd quantity",
      { type: "market", symbol: "AAPL", side: "buy", quantity: "999999999999" },
      "INVALID_ORDER",
      "quantity",
    ],
    ["an unknown symbol", { type: "market", symbol: "NOPE", side: "buy", quantity: "1" }, "SYMBOL_NOT_FOUND", "symbol"],
    [
      "an oversized position",
      { type: "market", symbol: "AAPL", side: "buy", quantity: "90" },
      "POSITION_SIZE_EXCEEDED",
      "quantity",
    ],
    [
      "an auction",
      { type: "market", symbol: "AAPL", side: "buy", quantity: "1", timeInForce: "opg" },
      "NOT_SUPPORTED",
      "timeInForce",
    ],
  ];
  it.each(rows)(
    "[SV2] %s is refused with a code, its field, its numbers and a way out",
    async (_name, order, code, field) => {
      const refusal = await refusalOf(place(order));
      expect(refusal).toMatchObject({ code, outcome: "refused" });
      expect(refusal.issues.map((issue) => issue.field)).toContain(field);
      expect(refusal.fix).not.toBe("");
      expect(refusal.httpStatus).toBeGreaterThanOrEqual(400);
      expect(refusal.httpStatus).toBeLessThan(500);
    },
  );

  it("[SV2] what exceeds the buying power is refused with what it needs and what is there", async () => {
    const narrow = await raiseLimits(person, accountId, WIDE);
    const refusal = await refusalOf(place({ type: "market", symbol: "AAPL", side: "buy", quantity: "5000" }));
    await narrow();
    expect(refusal.issues.find(({ code }) => code === "INSUFFICIENT_FUNDS")?.params).toMatchObject({
      required: expect.any(String),
      available: expect.any(String),
    });
  });

  it("[SV3] a denied order is kept, and its key gets the same answer again", async () => {
    const idempotencyKey = randomUUID();
    const order = { type: "market", symbol: "AAPL", side: "buy", quantity: "99" } as const;
    const first = await refusalOf(person.api.orders.place.mutate({ accountId, idempotencyKey, order }));
    const again = await refusalOf(person.api.orders.place.mutate({ accountId, idempotencyKey, order }));
    expect(again).toMatchObject({ code: first.code, message: first.message });
    const { orders } = await person.api.orders.list.query({ filter: "closed" });
    expect(orders.filter(({ quantity }) => quantity === "99")).toMatchObject([
      { state: "DENIED", reason: { code: "POSITION_SIZE_EXCEEDED" } },
    ]);
  });

  it("[SV4] a preview tells every rule's verdict with its numbers and stores nothing", async () => {
    const before = await person.api.orders.list.query({});
    const preview = await person.api.orders.preview.query({
      accountId,
      order: { type: "market", symbol: "AAPL", side: "buy", quantity: "1000" },
    });
    expect(preview.isValid).toBe(false);
    expect(preview.issues.map(({ rule }) => rule)).toEqual(expect.arrayContaining(["order_value", "position_limit"]));
    expect(Number(preview.notional)).toBeGreaterThan(10_000);
    expect(await person.api.orders.list.query({})).toEqual(before);
  });
});

describe("people who may not enter", () => {
  it("[SV5] a wrong password and an unknown name get the same answer", async () => {
    await using stranger = createTestClient(desk.url);
    const wrong = await refusalOf(
      stranger.api.auth.signIn.mutate({ username: OWNER.username, password: "not the password" }),
    );
    const unknown = await refusalOf(
      stranger.api.auth.signIn.mutate({ username: "Nobody", password: "not the password" }),
    );
    expect({ ...wrong, requestId: "" }).toEqual({ ...unknown, requestId: "" });
    expect(wrong).toMatchObject({ code: "BAD_CREDENTIALS", httpStatus: 401 });
  });

  it("[SV5] the sixth guess at one account within a minute waits, and the message says how long", async () => {
    await using stranger = createTestClient(desk.url);
    const guess = () => refusalOf(stranger.api.auth.signIn.mutate({ username: "Grace", password: "wrong" }));
    const clock = new SystemClock();
    const begunAt = clock.monotonic();
    for (let count = 0; count < 5; count += 1) expect((await guess()).code).toBe("BAD_CREDENTIALS");
    const refused = await guess();
    expect(refused).toMatchObject({ code: "TOO_MANY_REQUESTS", httpStatus: 429 });
    // One comes back every 12 s, from the first guess on.
    const passedSeconds = (clock.monotonic() - begunAt) / 1_000;
    expect(refused.retryAfterSeconds).toBeGreaterThanOrEqual(Math.floor(12 - passedSeconds));
    expect(refused.retryAfterSeconds).toBeLessThanOrEqual(12);
  });

  it("[SV9] guesses from elsewhere do not keep the owner out", async () => {
    const guess = () =>
      new Promise<number>((resolve, reject) => {
        const headers = { origin: desk.url, "content-type": "application/json" };
        const options = { method: "POST", localAddress: "127.0.0.9", headers };
        const sent = request(`${desk.url}/trpc/auth.signIn`, options, (response) => {
          response.resume();
          resolve(response.statusCode ?? 0);
        });
        sent.on("error", reject);
        sent.end(JSON.stringify({ username: OWNER.username, password: "a wrong guess" }));
      });
    await until("the guesser's limit", async () => (await guess()) === 429);
    await using home = createTestClient(desk.url);
    expect((await home.api.auth.signIn.mutate(OWNER)).username).toBe(OWNER.username);
  });

  it("[SV415] an address with no guess left is refused before its words are read, in the desk's own shape", async () => {
    const send = (body: string) =>
      new Promise<{ status: number; text: string }>((resolve, reject) => {
        const headers = { origin: desk.url, "content-type": "application/json" };
        const options = { method: "POST", localAddress: "127.0.0.11", headers };
        const sent = request(`${desk.url}/trpc/auth.signIn`, options, (response) => {
          let text = "";
          response.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
          response.once("end", () => resolve({ status: response.statusCode ?? 0, text }));
        });
        sent.on("error", reject);
        sent.end(body);
      });
    // What cannot be read costs a guess as well, and is told so while there are any.
    const answers: { status: number; text: string }[] = [];
    while (answers.at(-1)?.status !== 429) answers.push(await send('{"username":7}'));
    expect(answers[0]?.status).toBe(400);
    const refusal = deskErrorData.parse(JSON.parse(answers.at(-1)?.text ?? "").error.data.desk);
    expect(refusal).toMatchObject({ code: "TOO_MANY_REQUESTS", outcome: "refused" });
    expect(refusal.retryAfterSeconds).toBeGreaterThan(0);
    // Nothing of the body has come, and nothing of it is waited for.
    const unread = await new Promise<number>((resolve, reject) => {
      const headers = { origin: desk.url, "content-type": "application/json", "content-length": "40" };
      const options = { method: "POST", localAddress: "127.0.0.11", headers };
      const sent = request(`${desk.url}/trpc/auth.signIn`, options, (response) => resolve(response.statusCode ?? 0));
      sent.on("error", reject).flushHeaders();
    });
    expect(unread).toBe(429);
  });

  it("[SV5] a taken name, a second owner and a weak password are refused by name", async () => {
    const someone = { username: "ada", password: "four unrelated words", role: "trader" } as const;
    expect(await refusalOf(person.api.auth.createUser.mutate(someone))).toMatchObject({
      code: "NAME_TAKEN",
      httpStatus: 409,
    });
    expect(await refusalOf(person.api.auth.setUp.mutate(OWNER))).toMatchObject({ code: "ALREADY_SET_UP" });
    expect(
      await refusalOf(person.api.auth.createUser.mutate({ ...someone, username: "bob", password: "aaaaaaaaaaaa" })),
    ).toMatchObject({
      code: "WEAK_PASSWORD",
      issues: [{ field: "password" }],
    });
    expect(
      await refusalOf(person.api.auth.createUser.mutate({ ...someone, username: "bob", password: "short" })),
    ).toMatchObject({
      code: "INVALID_INPUT",
      issues: [{ field: "password" }],
    });
  });
});

describe("requests that are none", () => {
  const send = (path: string, init: RequestInit) =>
    fetch(`${desk.url}${path}`, {
      ...init,
      headers: { origin: desk.url, cookie: person.cookie(), ...Object.fromEntries(new Headers(init.headers)) },
    });
  const json = { "content-type": "application/json" };

  const rows: readonly (readonly [string, string, RequestInit, number, string])[] = [
    [
      "a body that is not JSON",
      "/trpc/orders.place",
      { method: "POST", body: "{ not json", headers: json },
      400,
      "INVALID_INPUT",
    ],
    [
      "a body of another type",
      "/trpc/orders.place",
      { method: "POST", body: "a=b", headers: { "content-type": "application/x-www-form-urlencoded" } },
      415,
      "INVALID_INPUT",
    ],
    [
      "a body too large",
      "/trpc/orders.place",
      { method: "POST", body: JSON.stringify({ a: "x".repeat(300_000) }), headers: json },
      413,
      "INVALID_INPUT",
    ],
    ["an unknown procedure", "/trpc/orders.steal", { method: "POST", body: "{}", headers: json }, 404, "NOT_FOUND"],
    ["a mutation by GET", "/trpc/orders.place", { method: "GET" }, 405, "INVALID_INPUT"],
    [
      "an input that is no object",
      "/trpc/orders.place",
      { method: "POST", body: "17", headers: json },
      400,
      "INVALID_INPUT",
    ],
    [
      "an unknown address",
      "/no/such/thing.json",
      { method: "GET", headers: { accept: "application/json" } },
      404,
      "NOT_FOUND",
    ],
    [
      "a cursor of no list",
      `/trpc/orders.list?input=${encodeURIComponent('{"cursor":"nonsense"}')}`,
      { method: "GET" },
      400,
      "INVALID_INPUT",
    ],
    [
      "a text that cannot be stored",
      "/trpc/brokers.add",
      { method: "POST", body: '{"broker":"paper","mode":"paper","label":"a\\u0000b","credentials":{}}', headers: json },
      400,
      "INVALID_INPUT",
    ],
    [
      "a field that nobody asked for",
      "/trpc/auth.revokeSession",
      { method: "POST", body: '{"id":"x","role":"owner"}', headers: json },
      400,
      "INVALID_INPUT",
    ],
    [
      "a prototype in the input",
      "/trpc/auth.revokeSession",
      { method: "POST", body: '{"id":"x","__proto__":{"admin":true}}', headers: json },
      400,
      "INVALID_INPUT",
    ],
  ];
  it.each(rows)("[SV6] %s gets a coded answer without a stack", async (_name, path, init, status, code) => {
    const response = await send(path, init);
    const text = await response.text();
    expect(response.status).toBe(status);
    const body: unknown = JSON.parse(text);
    expect(deskErrorData.parse(Object(body).error.data.desk).code).toBe(code);
    expect(text).not.toMatch(/\.ts:|node_modules|at .*\(|stack/);
  });

  it("[SV6] whatever is put into an order's fields, the answer is a verdict or a coded refusal", async () => {
    const wild = fc.oneof(
      fc.string(),
      fc.double(),
      fc.integer(),
      fc.constant(null),
      fc.boolean(),
      fc.constantFrom("1e309", "-0", "0x10", "１", "1,000", "9".repeat(40), "NaN", "\u0000", "__proto__"),
    );
    const field = (...good: readonly string[]) =>
      fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...good) }, { weight: 1, arbitrary: wild });
    const exits = {
      orderClass: field("simple", "bracket", "oto", "oco"),
      takeProfit: fc.oneof(fc.record({ price: field("110.00", "90.00", "0.00001") }), wild),
      stopLoss: fc.oneof(fc.record({ stopPrice: field("90.00", "110.00", "-1"), price: field("89.00") }), wild),
    };
    const common = {
      symbol: fc.constantFrom("AAPL", "NOPE"),
      side: fc.constantFrom("buy", "sell"),
      timeInForce: fc.constantFrom("day", "gtc"),
    };
    const expiresAt = field("2030-01-01T00:00:00Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999Z");
    const required: ("type" | "symbol" | "side")[] = ["type", "symbol", "side"];
    const optional = { requiredKeys: required };
    const dollars = { ...common, ...exits, type: fc.constant("market"), notional: field("500", "999999999", "0") };
    const linked = { ...common, ...exits, type: fc.constant("limit"), quantity: field("10"), price: field("100.00") };
    const trail = fc.oneof(fc.record({ by: field("amount", "percent"), value: field("1.5", "100", "0") }), wild);
    const stop = { ...common, type: fc.constant("stop"), quantity: field("10"), trail, expiresAt };
    const anything = fc.record(
      {
        type: field("market", "limit", "stop", "stop_limit"),
        symbol: field("AAPL", "MSFT", "NOPE"),
        side: field("buy", "sell"),
        quantity: field("1", "10", "999999999999999999"),
        price: field("100.00", "0.0001", "-5"),
        stopPrice: field("100.00", "0.00"),
        timeInForce: field("day", "gtc", "ioc", "fok", "opg", "cls"),
        extendedHours: fc.oneof(fc.boolean(), wild),
      },
      { requiredKeys: [] },
    );
    const order = fc.oneof(
      anything,
      fc.record(dollars, optional),
      fc.record({ ...linked, expiresAt }, optional),
      fc.record(stop, optional),
    );
    await fc.assert(
      fc.asyncProperty(order, async (each) => {
        const input = encodeURIComponent(JSON.stringify({ accountId, order: each }));
        const response = await send(`/trpc/orders.preview?input=${input}`, { method: "GET" });
        const body: unknown = await response.json();
        const { result, error } = Object(body);
        const isVerdict = response.status === 200 && typeof result.data.isValid === "boolean";
        const isRefusal = response.status === 400 && deskErrorData.safeParse(error?.data.desk).success;
        expect({ status: response.status, isAnswered: isVerdict || isRefusal }).toMatchObject({ isAnswered: true });
      }),
      { numRuns: 250, verbose: 1 },
    );
  });

  it.each([
    ["another site", "https://evil.example"],
    ["no origin", undefined],
    ["another port", "http://127.0.0.1:1"],
    ["another scheme", "https://127.0.0.1"],
    ["a suffix", "http://127.0.0.1.evil.example"],
    ["null", "null"],
  ])("[SV7] a mutation from %s is refused", async (_name, origin) => {
    const headers = {
      "content-type": "application/json",
      cookie: person.cookie(),
      ...(origin === undefined ? {} : { origin }),
    };
    const response = await fetch(`${desk.url}/trpc/auth.signOut`, { method: "POST", body: "{}", headers });
    expect(response.status).toBe(403);
    expect((await person.api.auth.status.query()).user?.username).toBe("Ada");
  });

  it("[SV8] pages carry a strict content policy and no CORS header", async () => {
    const response = await send("/healthz", { method: "GET" });
    const policy = response.headers.get("content-security-policy");
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(response.headers.get("access-control-allow-origin")).toBeNull();
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    expect(await (await send("/readyz", { method: "GET" })).json()).toEqual({ status: "ready" });
  });
});
