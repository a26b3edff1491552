import { secondFactors } from "@trenddojo/db";
import { userId } from "@trenddojo/brokers/domain";
import { afterAll, beforeAll, expect, it } from "vitest";
import { codeAt } from "./auth/totp.ts";
import { createTestClient, type TestClient } from "./testing/createTestClient.ts";
import { createTestDesk, type TestDesk } from "./testing/createTestDesk.ts";
import { JumpClock } from "./testing/JumpClock.ts";
import { OWNER, setUp, signInAs } from "./testing/people.ts";
import { refusalOf } from "./testing/refusalOf.ts";

const MINUTE_MS = 60_000;
const STEP_MS = 30_000;
const ALL = { perSecond: 1_000, burst: 10_000 };
const BUCKETS = {
  signIn: ALL,
  signInStranger: ALL,
  signInAccount: ALL,
  signInStrangers: ALL,
  signInKnown: ALL,
  secondFactor: ALL,
};
const RAISE = { field: "maxOrderQuantity", raisedTo: "200000", minutes: 60 } as const;

const clock = new JumpClock();
let desk: TestDesk;
let ada: TestClient;
let accountId: string;
let secret = "";
let recovery: readonly string[] = [];

beforeAll(async () => {
  desk = await createTestDesk({ clock, buckets: BUCKETS });
  ada = createTestClient(desk.url);
  ({ accountId } = await setUp(ada));
});
afterAll(async () => {
  await ada[Symbol.asyncDispose]();
  await desk[Symbol.asyncDispose]();
});

/** The app's code, of a step that was not used yet. */
function nextCode(): string {
  clock.jump(STEP_MS);
  return codeAt(secret, clock.now());
}

/** Six digits that are the app's of no step near this one. */
function wrongCode(): string {
  const near = [-1, 0, 1, 2].map((steps) => codeAt(secret, clock.now() + steps * STEP_MS));
  return ["000000", "111111", "222222", "333333", "444444"].find((code) => !near.includes(code)) ?? "";
}

it("[SV209] without a second factor the password is the proof, and it lasts five minutes", async () => {
  expect((await refusalOf(ada.api.factors.beginTotp.mutate())).code).toBe("STEP_UP_REQUIRED");
  const wrong = ada.api.auth.stepUp.mutate({ password: "not the password" });
  expect((await refusalOf(wrong)).code).toBe("BAD_CREDENTIALS");
  expect((await refusalOf(ada.api.auth.stepUp.mutate({ code: "123456" }))).code).toBe("BAD_CREDENTIALS");
  expect((await refusalOf(ada.api.factors.beginTotp.mutate())).code).toBe("STEP_UP_REQUIRED");
  await ada.api.auth.stepUp.mutate({ password: OWNER.password });
  await using other = createTestClient(desk.url);
  await signInAs(other, OWNER);
  expect((await refusalOf(other.api.factors.beginTotp.mutate())).code).toBe("STEP_UP_REQUIRED");
  clock.jump(5 * MINUTE_MS - 10_000);
  await ada.api.factors.beginTotp.mutate();
  clock.jump(10_000);
  expect((await refusalOf(ada.api.factors.beginTotp.mutate())).code).toBe("STEP_UP_REQUIRED");
});

it("[SV207] an app is enrolled by its first code; the store holds neither its key nor a recovery code", async () => {
  await ada.api.auth.stepUp.mutate({ password: OWNER.password });
  const first = await ada.api.factors.beginTotp.mutate();
  const enrolment = await ada.api.factors.beginTotp.mutate();
  expect(enrolment.secret).not.toBe(first.secret);
  ({ secret } = enrolment);
  const old = ada.api.factors.confirmTotp.mutate({ code: codeAt(first.secret, clock.now()) });
  expect((await refusalOf(old)).code).toBe("BAD_CREDENTIALS");
  expect(await ada.api.factors.read.query()).toEqual({ app: false, passkeys: 0, recoveryCodes: 0 });
  ({ recoveryCodes: recovery } = await ada.api.factors.confirmTotp.mutate({ code: nextCode() }));
  expect(new Set(recovery).size).toBe(10);
  expect(await ada.api.factors.read.query()).toEqual({ app: true, passkeys: 0, recoveryCodes: 10 });
  const id = userId((await ada.api.auth.status.query()).user?.id ?? "");
  const stored = JSON.stringify([
    await secondFactors.findTotp(desk.store.db, id),
    [...(await desk.store.db.execute("select * from recovery_codes"))],
    [...(await desk.store.db.execute("select message, details from audit_log"))],
  ]);
  for (const shown of [secret, ...recovery, ...recovery.map((code) => code.replaceAll("-", ""))])
    expect(stored).not.toContain(shown);
  expect((await refusalOf(ada.api.factors.beginTotp.mutate())).code).toBe("FACTOR_ENROLLED");
});

it("[SV207] from then on the password alone signs nobody in, and a code does so once", async () => {
  await using browser = createTestClient(desk.url);
  const enter = (code?: string) =>
    browser.api.auth.signIn.mutate({ ...OWNER, ...(code === undefined ? {} : { code }) });
  expect((await refusalOf(enter())).code).toBe("SECOND_FACTOR_REQUIRED");
  expect((await refusalOf(enter(wrongCode()))).code).toBe("BAD_CREDENTIALS");
  const wrongPassword = browser.api.auth.signIn.mutate({ ...OWNER, password: "not the password", code: nextCode() });
  expect((await refusalOf(wrongPassword)).code).toBe("BAD_CREDENTIALS");
  expect(browser.cookie()).toBe("");
  const code = nextCode();
  await enter(code);
  expect((await browser.api.auth.status.query()).user?.username).toBe(OWNER.username);
  await browser.api.auth.signOut.mutate();
  expect((await refusalOf(enter(code))).code).toBe("BAD_CREDENTIALS");
  expect((await refusalOf(enter(codeAt(secret, clock.now() - STEP_MS)))).code).toBe("BAD_CREDENTIALS");
});

it("[SV208] a recovery code signs in once, however it is typed", async () => {
  await using browser = createTestClient(desk.url);
  const [code = ""] = recovery;
  await browser.api.auth.signIn.mutate({ ...OWNER, code: code.toUpperCase().replaceAll("-", " ") });
  expect(await browser.api.factors.read.query()).toEqual({ app: true, passkeys: 0, recoveryCodes: 9 });
  const again = browser.api.auth.signIn.mutate({ ...OWNER, code });
  expect((await refusalOf(again)).code).toBe("BAD_CREDENTIALS");
});

it("[SV210] with a second factor the password proves nothing any more: raising and resuming want its code", async () => {
  const { password } = OWNER;
  await ada.api.orders.halt.mutate({ reason: "a drill" });
  clock.jump(5 * MINUTE_MS);
  const raise = () => ada.api.risk.raise.mutate({ ...RAISE, accountId, password });
  const resume = () => ada.api.orders.resume.mutate({ to: "ACTIVE", password });
  expect((await refusalOf(raise())).code).toBe("STEP_UP_REQUIRED");
  expect((await refusalOf(resume())).code).toBe("STEP_UP_REQUIRED");
  expect((await refusalOf(ada.api.auth.stepUp.mutate({ password }))).code).toBe("SECOND_FACTOR_REQUIRED");
  expect((await refusalOf(ada.api.auth.stepUp.mutate({ code: wrongCode() }))).code).toBe("BAD_CREDENTIALS");
  expect((await refusalOf(resume())).code).toBe("STEP_UP_REQUIRED");
  await ada.api.auth.stepUp.mutate({ code: nextCode() });
  expect((await raise()).raises).toHaveLength(1);
  expect((await ada.api.orders.resume.mutate({ to: "ACTIVE" })).state).toBe("ACTIVE");
});

it("[SV211] the app is removed after a step-up only; its recovery codes go with it", async () => {
  clock.jump(5 * MINUTE_MS);
  expect((await refusalOf(ada.api.factors.removeTotp.mutate())).code).toBe("STEP_UP_REQUIRED");
  await ada.api.auth.stepUp.mutate({ code: nextCode() });
  await ada.api.factors.removeTotp.mutate();
  expect(await ada.api.factors.read.query()).toEqual({ app: false, passkeys: 0, recoveryCodes: 0 });
  await using browser = createTestClient(desk.url);
  await signInAs(browser, OWNER);
  expect((await refusalOf(ada.api.factors.removeTotp.mutate())).code).toBe("NOT_FOUND");
});
