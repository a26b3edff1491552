import { randomUUID } from "node:crypto";
import type { DbHandle } from "@trenddojo/db";
import { createTestStore } from "@trenddojo/db/testing";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createProgram } from "./testing/createProgram.ts";
import { createTestClient, type TestClient } from "./testing/createTestClient.ts";
import { createTestDesk, type TestDesk } from "./testing/createTestDesk.ts";
import { JumpClock } from "./testing/JumpClock.ts";
import { liveRegistry } from "./testing/liveRegistry.ts";
import { builtIn, OWNER, setUp, signInAs } from "./testing/people.ts";
import { refusalOf } from "./testing/refusalOf.ts";
import { until } from "./testing/until.ts";
import type { OrderInput } from "./wire/orders.ts";
import type { CreateTokenInput } from "./wire/tokens.ts";

const DAY_MS = 24 * 3_600_000;
const ALL = { perSecond: 1_000, burst: 10_000 };
const BUCKETS = { signIn: ALL, signInStranger: ALL, signInAccount: ALL, signInKnown: ALL, password: ALL };
const VIEWER = { username: "viewer", password: "just looking around here", role: "viewer" } as const;
const TRADER = { username: "grace", password: "another four words here", role: "trader" } as const;

const clock = new JumpClock();
const written: string[] = [];
let store: DbHandle;
let desk: TestDesk;
let ada: TestClient;
let paper: string;
let live: string;

beforeAll(async () => {
  const test = await createTestStore();
  store = {
    db: test.db,
    kind: "server",
    survivesPowerLoss: true,
    close: () => test.close(),
    [Symbol.asyncDispose]: () => test[Symbol.asyncDispose](),
  };
  const parts = { clock, store, allowLive: true, buckets: BUCKETS, wrapRegistry: liveRegistry(written) };
  desk = await createTestDesk({ ...parts, keyEncryptionKey: Buffer.alloc(32, 5) });
  ada = createTestClient(desk.url);
  ({ accountId: paper } = await setUp(ada));
  await ada.api.auth.createUser.mutate(VIEWER);
  await ada.api.auth.createUser.mutate(TRADER);
  await prove(ada);
  await ada.api.brokers.add.mutate({ broker: "alpaca", mode: "live", label: "Real", credentials: {} });
  live = (await ada.api.accounts.list.query()).find(({ mode }) => mode === "live")?.id ?? "";
});
afterAll(async () => {
  await ada[Symbol.asyncDispose]();
  await desk[Symbol.asyncDispose]();
  await store[Symbol.asyncDispose]();
});

const prove = (by: TestClient, { password }: { readonly password: string } = OWNER) =>
  by.api.auth.stepUp.mutate({ password });
/** A new token of Ada's, and a program that has it. */
async function programOf(scope: CreateTokenInput["scope"], days = 1) {
  await prove(ada);
  const made = await ada.api.tokens.create.mutate({ name: `${scope} bot`, scope, days });
  return { ...made, api: createProgram(desk.url, made.token) };
}
/** An order of the paper account that rests at its broker. */
async function restingBy(api: Pick<TestClient["api"], "orders">): Promise<string> {
  const { id } = await api.orders.place.mutate(order(paper));
  await until("it rests", async () => (await ada.api.orders.get.query({ orderId: id })).order.state === "WORKING");
  return id;
}
let cents = 100;
/** Each at a price of its own: the same order twice within seconds is refused. */
function order(accountId: string) {
  const price = ((cents += 1) / 100).toFixed(2);
  const limit: OrderInput = { type: "limit", symbol: "AAPL", side: "buy", quantity: "1", price, timeInForce: "gtc" };
  return { accountId, idempotencyKey: randomUUID(), order: limit };
}
const codeOf = async (call: Promise<unknown>) => (await refusalOf(call)).code;

describe("a token", () => {
  it("[SV310] is made after a step-up, shown once, and kept as its SHA-256 only", async () => {
    await using browser = createTestClient(desk.url);
    await signInAs(browser, OWNER);
    const input = { name: "bot", scope: "read", days: 30 } as const;
    expect(await codeOf(browser.api.tokens.create.mutate(input))).toBe("STEP_UP_REQUIRED");
    await prove(browser);
    const { token, ...shown } = await browser.api.tokens.create.mutate(input);
    expect(token).toMatch(/^tdj_[A-Za-z0-9_-]{43}$/);
    expect(await browser.api.tokens.list.query()).toEqual([shown]);
    expect(shown.ending).toBe(token.slice(-4));
    expect(Date.parse(shown.expiresAt) - Date.parse(shown.createdAt)).toBe(30 * DAY_MS);
    const rows = await desk.store.db.execute(sql`select row_to_json(t)::text as row from api_tokens t`);
    expect(JSON.stringify(rows)).not.toContain(token.slice(4));
    await browser.api.tokens.revoke.mutate({ id: shown.id });
  });

  it("[SV311] opens calls over HTTP without an Origin and without a cookie, and says when it was used", async () => {
    const { id, api } = await programOf("read");
    expect((await api.accounts.list.query()).map((account) => account.id)).toContain(paper);
    const listed = await ada.api.tokens.list.query();
    expect(listed.find((token) => token.id === id)?.lastUsedAt).not.toBeNull();
  });

  it("[SV311] makes the cookie beside it count for nothing, and opens nothing from a foreign page", async () => {
    const { token } = await programOf("read");
    const withCookie = createProgram(desk.url, token, { cookie: ada.cookie() });
    expect(await codeOf(withCookie.orders.place.mutate(order(paper)))).toBe("FORBIDDEN");
    const unknown = createProgram(desk.url, `tdj_${"A".repeat(43)}`, { cookie: ada.cookie() });
    expect(await codeOf(unknown.accounts.list.query())).toBe("UNAUTHENTICATED");
    const malformed = createProgram(desk.url, "nonsense", { cookie: ada.cookie() });
    expect(await codeOf(malformed.accounts.list.query())).toBe("UNAUTHENTICATED");
    const trade = await programOf("trade");
    const page = createProgram(desk.url, trade.token, { origin: "https://evil.example" });
    expect(await codeOf(page.orders.place.mutate(order(paper)))).toBe("FORBIDDEN");
  });

  it("[SV312] that was revoked opens nothing", async () => {
    const revoked = await programOf("read");
    await revoked.api.accounts.list.query();
    await ada.api.tokens.revoke.mutate({ id: revoked.id });
    expect(await codeOf(revoked.api.accounts.list.query())).toBe("UNAUTHENTICATED");
    expect(await codeOf(ada.api.tokens.revoke.mutate({ id: revoked.id }))).toBe("NOT_FOUND");
  });

  it("[SV312] goes with a new password, with signing out everywhere, and with its person", async () => {
    const newPassword = "five quite unrelated words";
    await using grace = createTestClient(desk.url);
    await signInAs(grace, TRADER);
    const make = async (password: string) => {
      await prove(grace, { password });
      const { token } = await grace.api.tokens.create.mutate({ name: "bot", scope: "trade", days: 1 });
      const api = createProgram(desk.url, token);
      await api.accounts.list.query();
      return api;
    };
    const first = await make(TRADER.password);
    await grace.api.auth.changePassword.mutate({ currentPassword: TRADER.password, newPassword });
    expect(await codeOf(first.accounts.list.query())).toBe("UNAUTHENTICATED");
    const second = await make(newPassword);
    await grace.api.auth.signOutEverywhere.mutate();
    expect(await codeOf(second.accounts.list.query())).toBe("UNAUTHENTICATED");
    const third = await make(newPassword);
    const userId = (await ada.api.auth.users.query()).find(({ username }) => username === TRADER.username)?.id ?? "";
    await ada.api.people.setRole.mutate({ userId, role: "viewer" });
    const { accountId } = await (async () => {
      await using client = createTestClient(desk.url);
      await signInAs(client, { ...TRADER, password: newPassword });
      return builtIn(client);
    })();
    expect(await codeOf(third.orders.place.mutate(order(accountId)))).toBe("FORBIDDEN");
    await ada.api.people.remove.mutate({ userId });
    expect(await codeOf(third.accounts.list.query())).toBe("UNAUTHENTICATED");
  });
});

describe("scopes", () => {
  it("[SV313] a paper token gives orders to paper accounts, and reaches nothing else", async () => {
    const { api } = await programOf("paper");
    const orderId = await restingBy(api);
    expect((await api.orders.modify.mutate({ orderId, changes: { quantity: "2" } })).id).toBe(orderId);
    await api.orders.cancel.mutate({ orderId });
    expect(await codeOf(api.orders.place.mutate(order(live)))).toBe("FORBIDDEN");
    expect(await codeOf(api.orders.halt.mutate({}))).toBe("FORBIDDEN");
    expect(await codeOf(api.orders.place.mutate(order(randomUUID())))).toBe("NOT_FOUND");
    expect(written).toEqual([]);
  });

  it("[SV313] a trade token gives orders, yet none of real money: arming is a session's", async () => {
    const { api } = await programOf("trade");
    await api.orders.cancel.mutate({ orderId: await restingBy(api) });
    expect(await refusalOf(api.orders.place.mutate(order(live)))).toMatchObject({
      issues: [expect.objectContaining({ code: "LIVE_NOT_ARMED" })],
    });
    expect(written).toEqual([]);
  });

  it("[SV313] a cancel-only token cancels and halts, and places nothing", async () => {
    const { api } = await programOf("cancel_only");
    const orderId = await restingBy(ada.api);
    expect(await codeOf(api.orders.place.mutate(order(paper)))).toBe("FORBIDDEN");
    await api.orders.cancel.mutate({ orderId });
    await api.orders.halt.mutate({ reason: "a drill" });
    expect((await ada.api.risk.state.query()).state).toBe("HALTED");
    await prove(ada);
    await ada.api.orders.resume.mutate({ to: "ACTIVE" });
  });

  it("[SV314] nobody gives away what they may not do themselves", async () => {
    await using viewer = createTestClient(desk.url);
    await signInAs(viewer, VIEWER);
    await prove(viewer, VIEWER);
    for (const scope of ["cancel_only", "paper", "trade"] as const)
      expect(await codeOf(viewer.api.tokens.create.mutate({ name: "bot", scope, days: 1 }))).toBe("FORBIDDEN");
    const { id } = await viewer.api.tokens.create.mutate({ name: "bot", scope: "read", days: 1 });
    expect(await codeOf(ada.api.tokens.revoke.mutate({ id }))).toBe("NOT_FOUND");
  });

  it("[SV315] what a token changes is in the audit log under its name before it is done", async () => {
    const { id, api } = await programOf("paper");
    await api.orders.place.mutate(order(paper));
    const { entries } = await ada.api.audit.list.query({ action: "token.used" });
    expect(entries[0]).toMatchObject({ subject: id, message: "Ada's token paper bot calls orders.place" });
    expect(await ada.api.audit.verify.query()).toMatchObject({ ok: true });
  });
});

it("[SV312] past its end a token opens nothing", async () => {
  const { api } = await programOf("read", 1);
  await api.accounts.list.query();
  clock.jump(DAY_MS);
  expect(await codeOf(api.accounts.list.query())).toBe("UNAUTHENTICATED");
});
