import { randomUUID } from "node:crypto";
import { LiveStandIn, SessionStage, STAGE_ACCOUNT } from "@trenddojo/brokers/testing";
import type { DbHandle } from "@trenddojo/db";
import { createTestStore } from "@trenddojo/db/testing";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { codeAt } from "./auth/totp.ts";
import { createTestClient, type TestClient } from "./testing/createTestClient.ts";
import { createTestDesk, type TestDesk } from "./testing/createTestDesk.ts";
import { JumpClock } from "./testing/JumpClock.ts";
import { OWNER, setUp } from "./testing/people.ts";
import { refusalOf } from "./testing/refusalOf.ts";
import { until } from "./testing/until.ts";

const LIVE_HOST = "api.alpaca.markets";
const PROOF_MS = 5 * 60_000;
const STEP_MS = 30_000;
const KEYS = { keyId: "AKLIVE0000000001", secretKey: "the-secret-of-the-live-key" };
const LIVE = { broker: "alpaca", mode: "live", label: "Real", credentials: KEYS } as const;

const clock = new JumpClock();
let fresh: Awaited<ReturnType<typeof createTestStore>>;
let stage: SessionStage;
/** Plays Alpaca's live hosts; nothing leaves the machine. */
let alpaca: LiveStandIn;
let desk: TestDesk;
let ada: TestClient;

beforeAll(async () => {
  fresh = await createTestStore();
  const store: DbHandle = {
    db: fresh.db,
    kind: "server",
    survivesPowerLoss: true,
    close: () => fresh.close(),
    [Symbol.asyncDispose]: () => fresh[Symbol.asyncDispose](),
  };
  stage = await SessionStage.set();
  alpaca = await LiveStandIn.set(stage.alpaca.address);
  const at = (): string => new Date(clock.now()).toISOString();
  stage.alpaca
    .on("GET /v2/account/configurations", { json: {} })
    .on("GET /v2/stocks/quotes/latest", { json: { quotes: {} } })
    .on("GET /v2/clock", () => ({
      json: { timestamp: at(), is_open: true, next_open: at(), next_close: at() },
    }))
    .on("GET /v2/stocks/snapshots", () => ({
      json: {
        AAPL: {
          latestQuote: { t: at(), bp: 100, bs: 1_000, ap: 100.02, as: 1_000 },
          latestTrade: { t: at(), p: 100, s: 5 },
        },
      },
    }));
  stage.takeOrders({ status: "new" });
  desk = await createTestDesk({ clock, store, allowLive: true });
  ada = createTestClient(desk.url);
  await setUp(ada);
});
afterAll(async () => {
  await ada[Symbol.asyncDispose]();
  await desk[Symbol.asyncDispose]();
  await alpaca[Symbol.asyncDispose]();
  await stage[Symbol.asyncDispose]();
  await fresh[Symbol.asyncDispose]();
});
beforeEach(() => {
  alpaca.called.splice(0);
});

const prove = () => ada.api.auth.stepUp.mutate({ password: OWNER.password });
const brokers = async () => (await ada.api.brokers.list.query()).map(({ broker }) => broker);

it("[SV460] live is offered where the process may trade real money, with what it was proven against", async () => {
  for (const { key, modes, live } of await ada.api.brokers.catalog.query()) {
    expect([key, modes.includes("live"), live !== null]).toEqual([key, key !== "paper", key !== "paper"]);
    const offered = { caveat: expect.stringContaining("never against"), obstacle: null };
    expect(live).toEqual(key === "paper" ? null : offered);
  }
});

it("[SV460] elsewhere the card says why not, with a code and what to do, and nothing of it is to be had", async () => {
  await using other = await createTestDesk();
  await using person = createTestClient(other.url);
  await setUp(person);
  const { message } = await refusalOf(person.api.brokers.add.mutate(LIVE));
  for (const { key, modes, live } of await person.api.brokers.catalog.query()) {
    expect(modes).not.toContain("live");
    const obstacle = { code: "LIVE_UNAVAILABLE", message, fix: expect.stringContaining("paper mode") };
    expect(live?.obstacle ?? null).toEqual(key === "paper" ? null : obstacle);
  }
  expect(message).toContain("ALLOW_LIVE_TRADING=1");
  expect(alpaca.called).toEqual([]);
});

it("[SV461] an account of real money wants a proof of the person before its broker hears of it", async () => {
  await prove();
  clock.jump(PROOF_MS + 1);
  expect(await refusalOf(ada.api.brokers.add.mutate(LIVE))).toMatchObject({ code: "STEP_UP_REQUIRED" });
  expect(alpaca.called).toEqual([]);
});

it("[SV462] keys that the hosts of real money refuse connect nothing, and nothing is stored", async () => {
  await prove();
  stage.alpaca.on("GET /v2/account", { status: 401, json: { code: 40110000, message: "request is not authorized" } });
  const refusal = await refusalOf(ada.api.brokers.add.mutate(LIVE));
  expect(refusal).toMatchObject({ code: "AUTHENTICATION_FAILED", outcome: "refused" });
  expect(refusal.message).toContain("the live environment does not accept these keys");
  expect(await brokers()).toEqual(["paper"]);
  expect([...new Set(alpaca.called)]).toEqual([`${LIVE_HOST}:443`]);
});

it("[SV463] what is connected reaches the hosts of real money only, and its orders go there once it is armed", async () => {
  stage.alpaca.on("GET /v2/account", { json: { ...STAGE_ACCOUNT, account_number: "987654321" } });
  await ada.api.auth.stepUp.mutate({ password: OWNER.password });
  const { secret } = await ada.api.factors.beginTotp.mutate();
  await ada.api.factors.confirmTotp.mutate({ code: codeAt(secret, clock.now()) });
  const { id, mode } = await ada.api.brokers.add.mutate(LIVE);
  expect(mode).toBe("live");
  const live = (await ada.api.accounts.list.query()).find((each) => each.connectionId === id);
  const accountId = live?.id ?? "";
  await until("the comparison", async () =>
    (await ada.api.brokers.list.query()).some((each) => each.id === id && each.reconciledAt !== null),
  );
  const place = () =>
    ada.api.orders.place.mutate({
      accountId,
      idempotencyKey: randomUUID(),
      order: { type: "limit", symbol: "AAPL", side: "buy", quantity: "1", price: "99", timeInForce: "gtc" },
    });
  expect(await refusalOf(place())).toMatchObject({ code: "LIVE_NOT_ARMED" });
  expect(stage.alpaca.seen("POST /v2/orders")).toEqual([]);

  clock.jump(STEP_MS);
  await ada.api.auth.stepUp.mutate({ code: codeAt(secret, clock.now()) });
  await ada.api.live.arm.mutate({
    accountId,
    suffix: "4321",
    reviewedLimits: await ada.api.risk.limits.query({ accountId }),
  });
  await place();
  const sent = await until("the order", () => stage.alpaca.seen("POST /v2/orders")[0]);
  expect(sent.headers).toMatchObject({ host: LIVE_HOST, "apca-api-key-id": KEYS.keyId });
  expect(alpaca.called.filter((called) => called.includes("paper"))).toEqual([]);
});
