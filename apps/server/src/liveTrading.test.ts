import { randomUUID } from "node:crypto";
import { createTestStore } from "@trenddojo/db/testing";
import { sessions, type DbHandle } from "@trenddojo/db";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { codeAt } from "./auth/totp.ts";
import { createLogger } from "./createLogger.ts";
import type { FailPointName } from "./orders/FailPoint.ts";
import { createTestClient, type TestClient } from "./testing/createTestClient.ts";
import { createTestDesk, type TestDesk } from "./testing/createTestDesk.ts";
import { JumpClock } from "./testing/JumpClock.ts";
import { liveRegistry } from "./testing/liveRegistry.ts";
import { OWNER, setUp } from "./testing/people.ts";
import { refusalOf } from "./testing/refusalOf.ts";
import { until } from "./testing/until.ts";
import type { OrderInput } from "./wire/orders.ts";

const MINUTE_MS = 60_000;
const STEP_MS = 30_000;
const ALL = { perSecond: 1_000, burst: 10_000 };
const BUCKETS = {
  signIn: ALL,
  signInStranger: ALL,
  signInAccount: ALL,
  signInKnown: ALL,
  secondFactor: ALL,
  password: ALL,
};
const LIVE = { broker: "alpaca", mode: "live", label: "Real", credentials: {} } as const;

const clock = new JumpClock();
/** Client order ids that came to the "live" broker. */
const written: string[] = [];
let atPoint: ((name: FailPointName) => void) | null = null;
let store: DbHandle;
let desk: TestDesk;
let ada: TestClient;
let paperAccount: string;
let accountId = "";
let connectionId = "";
let suffix = "";
let secret = "";

/** One whose commits reach the disk, as far as the desk is told. */
const durable = (of: DbHandle): DbHandle => ({
  db: of.db,
  kind: "server",
  survivesPowerLoss: true,
  close: () => of.close(),
  [Symbol.asyncDispose]: () => of[Symbol.asyncDispose](),
});
const deskOn = (on: DbHandle, keyEncryptionKey: Buffer): Promise<TestDesk> =>
  createTestDesk({
    clock,
    store: on,
    keyEncryptionKey,
    allowLive: true,
    buckets: BUCKETS,
    wrapRegistry: liveRegistry(written),
    failPoint: (name) => atPoint?.(name),
  });
const KEY = Buffer.alloc(32, 5);

beforeAll(async () => {
  store = durable(await createTestStore());
  desk = await deskOn(store, KEY);
  ada = createTestClient(desk.url);
  ({ accountId: paperAccount } = await setUp(ada));
  await ada.api.auth.stepUp.mutate({ password: OWNER.password });
  ({ id: connectionId } = await ada.api.brokers.add.mutate(LIVE));
  const account = (await ada.api.accounts.list.query()).find(({ mode }) => mode === "live");
  accountId = account?.id ?? "";
  suffix = account?.venueAccountId.slice(-4) ?? "";
});
afterEach(() => {
  atPoint = null;
});
afterAll(async () => {
  await ada[Symbol.asyncDispose]();
  await desk[Symbol.asyncDispose]();
  await store[Symbol.asyncDispose]();
});

let cents = 100;
const resting = (): OrderInput => ({
  type: "limit",
  symbol: "AAPL",
  side: "buy",
  quantity: "1",
  price: ((cents += 1) / 100).toFixed(2),
  timeInForce: "gtc",
});
const place = (by: TestClient = ada) =>
  by.api.orders.place.mutate({ accountId, idempotencyKey: randomUUID(), order: resting() });
const limits = () => ada.api.risk.limits.query({ accountId });
/** Of the app, of a step that was not used yet. */
function nextCode(): string {
  clock.jump(STEP_MS);
  return codeAt(secret, clock.now());
}
async function arm(by: TestClient = ada) {
  await by.api.auth.stepUp.mutate({ code: nextCode() });
  return by.api.live.arm.mutate({ accountId, suffix, reviewedLimits: await limits() });
}
const armed = async (by: TestClient = ada) => (await by.api.live.state.query()).accounts[0]?.armed ?? null;
const auditRows = async (action: string) => (await ada.api.audit.list.query({ action })).entries;
/** Signed in beside Ada's browser, as Ada. */
async function otherBrowser(): Promise<TestClient> {
  const client = createTestClient(desk.url);
  await client.api.auth.signIn.mutate({ ...OWNER, code: nextCode() });
  return client;
}

describe("arming", () => {
  it("[SV352] wants a second factor: without one it says where to enrol it", async () => {
    const refusal = await refusalOf(ada.api.live.arm.mutate({ accountId, suffix, reviewedLimits: await limits() }));
    expect(refusal).toMatchObject({ code: "LIVE_UNAVAILABLE", httpStatus: 412 });
    expect(refusal.message).toContain("under Settings first");
    expect((await ada.api.live.state.query()).obstacle).toMatchObject({ code: "LIVE_UNAVAILABLE" });
    await ada.api.auth.stepUp.mutate({ password: OWNER.password });
    ({ secret } = await ada.api.factors.beginTotp.mutate());
    await ada.api.factors.confirmTotp.mutate({ code: nextCode() });
    expect((await ada.api.live.state.query()).obstacle).toBeNull();
  });

  it("[SV351] before it every order of real money is refused, stored as denied, and nothing is written", async () => {
    const refusal = await refusalOf(place());
    expect(refusal).toMatchObject({ code: "LIVE_NOT_ARMED", outcome: "refused", httpStatus: 412 });
    expect(refusal.fix).toContain("Arm live trading");
    const [denied] = (await ada.api.orders.list.query({ accountId })).orders;
    expect(denied).toMatchObject({ mode: "live", state: "DENIED", reason: { code: "LIVE_NOT_ARMED" } });
    const preview = await ada.api.orders.preview.query({ accountId, order: resting() });
    expect(preview.issues.map(({ code }) => code)).toContain("LIVE_NOT_ARMED");
    expect(written).toEqual([]);
    // Paper needs none.
    const order = resting();
    await ada.api.orders.place.mutate({ accountId: paperAccount, idempotencyKey: randomUUID(), order });
  });

  it("[SV352] wants a proof of at most five minutes, the end of the account's number and the limits as they are", async () => {
    const reviewedLimits = await limits();
    const attempt = (changes: object) =>
      refusalOf(ada.api.live.arm.mutate({ accountId, suffix, reviewedLimits, ...changes }));
    clock.jump(5 * MINUTE_MS);
    expect((await attempt({})).code).toBe("STEP_UP_REQUIRED");
    const { password } = OWNER;
    expect((await refusalOf(ada.api.auth.stepUp.mutate({ password }))).code).toBe("SECOND_FACTOR_REQUIRED");
    await ada.api.auth.stepUp.mutate({ code: nextCode() });
    expect((await attempt({ suffix: "zzzz" })).issues).toMatchObject([{ field: "suffix" }]);
    const others = { ...reviewedLimits, maxOrderQuantity: "1" };
    expect((await attempt({ reviewedLimits: others })).issues).toMatchObject([{ field: "reviewedLimits" }]);
    expect((await attempt({ accountId: paperAccount })).code).toBe("NOT_SUPPORTED");
    expect((await attempt({ accountId: "nobody" })).code).toBe("NOT_FOUND");
    expect(await armed()).toBeNull();
    expect(await auditRows("live.armed")).toEqual([]);
  });

  it("[SV353] then orders go, and both are in the audit log", async () => {
    const { accounts } = await arm();
    expect(accounts).toMatchObject([{ accountId, label: "Real", armed: { isHere: true } }]);
    const order = await place();
    expect(order).toMatchObject({ mode: "live", state: "WORKING" });
    expect(written).toEqual([order.clientOrderId]);
    expect(order.clientOrderId).toMatch(/^tdL-/);
    const [row] = await auditRows("live.armed");
    expect(row).toMatchObject({ mode: "live", subject: accountId });
  });

  it("[SV357] holds for the browser that armed it, and moves with the next that does", async () => {
    await using other = await otherBrowser();
    expect(await armed(other)).toMatchObject({ isHere: false });
    expect((await refusalOf(place(other))).message).toContain("in another browser");
    await arm(other);
    expect((await refusalOf(place())).code).toBe("LIVE_NOT_ARMED");
    expect((await place(other)).state).toBe("WORKING");
  });
});

describe("what ends it", () => {
  it("[SV354] a person, at once; cancels pass as ever, changes do not", async () => {
    await arm();
    const working = await place();
    expect((await ada.api.live.disarm.mutate({ accountId })).accounts).toMatchObject([{ armed: null }]);
    expect((await refusalOf(place())).code).toBe("LIVE_NOT_ARMED");
    const change = ada.api.orders.modify.mutate({ orderId: working.id, changes: { price: "0.50" } });
    expect((await refusalOf(change)).code).toBe("LIVE_NOT_ARMED");
    expect((await ada.api.orders.cancel.mutate({ orderId: working.id })).state).toBe("CANCELED");
    const [row] = await until("its audit row", async () => {
      const rows = await auditRows("live.disarmed");
      return rows[0]?.details["reason"] === "person" ? rows : null;
    });
    expect(row).toMatchObject({ mode: "live", username: OWNER.username });
  });

  it("[SV354] five minutes without an order", async () => {
    await arm();
    clock.jump(4 * MINUTE_MS);
    await place();
    clock.jump(4 * MINUTE_MS);
    expect(await armed()).not.toBeNull();
    clock.jump(MINUTE_MS);
    expect(await armed()).toBeNull();
    expect((await refusalOf(place())).code).toBe("LIVE_NOT_ARMED");
  });

  it("[SV354] a quarter of an hour, however busy", async () => {
    await arm();
    for (let minute = 0; minute < 12; minute += 4) {
      clock.jump(4 * MINUTE_MS);
      await place();
    }
    clock.jump(3 * MINUTE_MS);
    expect((await refusalOf(place())).code).toBe("LIVE_NOT_ARMED");
  });

  it.each(["signs out", "is ended from elsewhere", "ends with a new password"])(
    "[SV354] the session that armed it %s",
    async (how) => {
      await using other = await otherBrowser();
      await arm(other);
      expect(await armed()).not.toBeNull();
      if (how === "signs out") await other.api.auth.signOut.mutate();
      else if (how === "is ended from elsewhere") await ada.api.auth.signOutEverywhere.mutate();
      else
        await ada.api.auth.changePassword.mutate({
          currentPassword: OWNER.password,
          newPassword: OWNER.password,
        });
      expect(await armed()).toBeNull();
    },
  );

  it("[SV565] the session that armed it runs out: within a second, without a call", async () => {
    await using other = await otherBrowser();
    await arm(other);
    const own = (await other.api.auth.sessions.query()).find(({ current }) => current);
    await sessions.setExpiry(store.db, own?.id ?? "", clock.now());
    const isOver = async () => (await armed()) === null;
    await until("live is disarmed", isOver);
    const [row] = await auditRows("live.disarmed");
    expect(row?.details).toEqual({ reason: "session" });
  });

  it("[SV354] a restart", async () => {
    await arm();
    await desk[Symbol.asyncDispose]();
    desk = await deskOn(store, KEY);
    const again = createTestClient(desk.url);
    again.setCookie(ada.cookie());
    await ada[Symbol.asyncDispose]();
    ada = again;
    await until("the connection is back", async () =>
      (await ada.api.brokers.list.query()).find(({ id, status }) => id === connectionId && status.isHealthy),
    );
    expect(await armed()).toBeNull();
    expect((await refusalOf(place())).code).toBe("LIVE_NOT_ARMED");
  });
});

describe("on an order's way", () => {
  /** The order comes 2 s before the end, which is over once the desk has come to that point. */
  async function placeAcrossTheEnd(point: FailPointName) {
    await arm();
    for (let minute = 0; minute < 12; minute += 4) {
      clock.jump(4 * MINUTE_MS);
      await place();
    }
    const { endsAt = "" } = (await armed()) ?? {};
    clock.jump(Date.parse(endsAt) - clock.now() - 2_000);
    const moment = clock.hold();
    atPoint = (name) => {
      if (name !== point) return;
      atPoint = null;
      moment[Symbol.dispose]();
      clock.jump(3_000);
    };
    return place();
  }

  it("[SV355] disarmed before the claim (TX2): never sent, also where it is armed again", async () => {
    const before = written.length;
    const order = await placeAcrossTheEnd("C5");
    expect(order).toMatchObject({ state: "EXPIRED_UNSENT", reason: { code: "LIVE_NOT_ARMED" } });
    expect(written).toHaveLength(before + 3);
    await arm();
    expect((await ada.api.orders.get.query({ orderId: order.id })).order.state).toBe("EXPIRED_UNSENT");
  });

  it("[SV355] disarmed after the claim, before the wire: not written", async () => {
    const before = written.length;
    const { id: orderId } = await placeAcrossTheEnd("C7");
    const read = () => ada.api.orders.get.query({ orderId });
    await until("it is on its way no more", async () => !["INTENT", "SENDING"].includes((await read()).order.state));
    const { events } = await read();
    expect(events.map(({ message }) => message).join("\n")).toContain("Live trading was disarmed before it was sent");
    expect(written).toHaveLength(before + 3);
  });
});

describe("a desk that may not", () => {
  it("[SV358] takes up none that another desk connected, and arms none", async () => {
    const weak = { ...store, survivesPowerLoss: false };
    await using other = await createTestDesk({
      clock,
      store: weak,
      keyEncryptionKey: KEY,
      allowLive: true,
      buckets: BUCKETS,
      wrapRegistry: liveRegistry(written),
      // Of the connection that it leaves alone.
      log: createLogger("silent"),
    });
    await using client = createTestClient(other.url);
    await client.api.auth.signIn.mutate({ ...OWNER, code: nextCode() });
    await client.api.auth.stepUp.mutate({ code: nextCode() });
    const before = written.length;
    const asked = client.api.live.arm.mutate({ accountId, suffix, reviewedLimits: await limits() });
    expect((await refusalOf(asked)).code).toBe("LIVE_UNAVAILABLE");
    expect((await refusalOf(place(client))).code).toBe("NOT_CONNECTED");
    expect(written).toHaveLength(before);
  });
});
