import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createTestClient, type TestClient } from "./testing/createTestClient.ts";
import { createTestDesk, type TestDesk } from "./testing/createTestDesk.ts";
import { JumpClock } from "./testing/JumpClock.ts";
import { OWNER, setUp, signInAs } from "./testing/people.ts";
import { refusalOf } from "./testing/refusalOf.ts";
import { SoftAuthenticator, VERIFIED, type Twist } from "./testing/SoftAuthenticator.ts";

const ORIGIN = "https://desk.example";
const ALL = { perSecond: 1_000, burst: 10_000 };
const BUCKETS = {
  signIn: ALL,
  signInStranger: ALL,
  signInAccount: ALL,
  signInStrangers: ALL,
  signInKnown: ALL,
  secondFactor: ALL,
};
const GRACE = { username: "grace", password: "another four words here", role: "trader" } as const;
const PROOF_MS = 5 * 60_000;
const RAISE = { field: "maxOrderQuantity", raisedTo: "200000", minutes: 60 } as const;

const clock = new JumpClock();
let desk: TestDesk;
let ada: TestClient;
let grace: TestClient;
let accountId: string;
let key: SoftAuthenticator;
let recovery: readonly string[] = [];

const open = () => createTestClient(desk.url, ORIGIN);

beforeAll(async () => {
  desk = await createTestDesk({ clock, buckets: BUCKETS, publicOrigins: [ORIGIN] });
  ada = open();
  grace = open();
  ({ accountId } = await setUp(ada));
  await ada.api.auth.createUser.mutate(GRACE);
  await signInAs(grace, GRACE);
  key = new SoftAuthenticator(ORIGIN, 7);
});
afterAll(async () => {
  await grace[Symbol.asyncDispose]();
  await ada[Symbol.asyncDispose]();
  await desk[Symbol.asyncDispose]();
});

/** Registers a passkey for who has proven themselves. */
async function register(client: TestClient, authenticator: SoftAuthenticator, name: string, twist: Twist = {}) {
  const attestation = authenticator.create(await client.api.passkeys.beginRegistration.mutate(), twist);
  return client.api.passkeys.register.mutate({ name, attestation });
}

async function enter(client: TestClient, authenticator: SoftAuthenticator, twist: Twist = {}) {
  const assertion = authenticator.get(await client.api.passkeys.beginSignIn.mutate(), twist);
  return client.api.auth.signInByPasskey.mutate({ assertion });
}

async function stepUp(client: TestClient, authenticator: SoftAuthenticator, twist: Twist = {}) {
  const passkey = authenticator.get(await client.api.passkeys.beginStepUp.mutate(), twist);
  return client.api.auth.stepUp.mutate({ passkey });
}

/** The newest rows of the log with this action: why each was refused, or by what. */
async function newest(action: string): Promise<Readonly<Record<string, unknown>>> {
  const { entries } = await ada.api.audit.list.query({ action, limit: 1 });
  return Object(entries[0]?.details);
}

describe("registering", () => {
  it("[SV420] wants a proof of the person, and an answer to this session's own question", async () => {
    const begin = ada.api.passkeys.beginRegistration.mutate();
    expect((await refusalOf(begin)).code).toBe("STEP_UP_REQUIRED");
    await ada.api.auth.stepUp.mutate({ password: OWNER.password });
    const options = await ada.api.passkeys.beginRegistration.mutate();
    expect(options).toMatchObject({
      rp: { id: "desk.example" },
      excludeCredentials: [],
      attestation: "none",
      authenticatorSelection: { residentKey: "required", userVerification: "required" },
    });
    await grace.api.auth.stepUp.mutate({ password: GRACE.password });
    const stolen = grace.api.passkeys.register.mutate({ name: "mine", attestation: key.create(options) });
    expect((await refusalOf(stolen)).code).toBe("PASSKEY_REFUSED");
    const used = ada.api.passkeys.register.mutate({ name: "key", attestation: key.create(options) });
    expect((await refusalOf(used)).code).toBe("PASSKEY_REFUSED");
    expect(await ada.api.passkeys.list.query()).toEqual([]);
  });

  it.each<[string, Twist]>([
    ["another origin", { origin: "https://desk.example.evil.example" }],
    ["another port", { origin: `${ORIGIN}:8443` }],
    ["another site", { rpId: "evil.example" }],
    ["another challenge", { challenge: "AAAA" }],
    ["another ceremony", { type: "webauthn.get" }],
    ["a frame in another site", { crossOrigin: true }],
    ["nobody verified", { without: VERIFIED }],
    ["certificates of a maker", { statement: new Map([["x5c", [Buffer.of(1)]]]) }],
  ])("[SV420] an answer of %s is refused and written down", async (_what, twist) => {
    expect((await refusalOf(register(ada, new SoftAuthenticator(ORIGIN), "x", twist))).code).toBe("PASSKEY_REFUSED");
    expect(await newest("passkey.refused")).toMatchObject({ purpose: "register" });
    expect(await ada.api.passkeys.list.query()).toEqual([]);
  });

  it("[SV420] the first second factor comes with recovery codes; the list shows no key, the store no secret", async () => {
    const { recoveryCodes, ...shown } = await register(ada, key, "  Laptop ");
    recovery = recoveryCodes;
    expect(new Set(recovery).size).toBe(10);
    expect(shown).toMatchObject({ id: key.id, name: "Laptop", site: "desk.example", lastUsedAt: null });
    expect(await ada.api.passkeys.list.query()).toEqual([shown]);
    expect(Object.keys(shown).toSorted()).toEqual(["createdAt", "id", "lastUsedAt", "name", "site"]);
    expect(await ada.api.factors.read.query()).toEqual({ app: false, passkeys: 1, recoveryCodes: 10 });
    const stored = JSON.stringify([
      [...(await desk.store.db.execute("select * from passkeys"))],
      [...(await desk.store.db.execute("select message, details from audit_log"))],
    ]);
    for (const code of recovery) expect(stored).not.toContain(code);
    const next = await ada.api.passkeys.beginRegistration.mutate();
    expect(next.excludeCredentials.map(({ id }) => id)).toEqual([key.id]);
    const again = ada.api.passkeys.register.mutate({ name: "again", attestation: key.create(next) });
    expect((await refusalOf(again)).code).toBe("FACTOR_ENROLLED");
    const graces = register(grace, key, "the same");
    expect((await refusalOf(graces)).code).toBe("FACTOR_ENROLLED");
  });

  it("[SV420] a proof that has run out since the question was asked registers nothing", async () => {
    await grace.api.auth.stepUp.mutate({ password: GRACE.password });
    clock.jump(PROOF_MS - 30_000);
    const options = await grace.api.passkeys.beginRegistration.mutate();
    clock.jump(40_000);
    const attestation = new SoftAuthenticator(ORIGIN).create(options);
    expect((await refusalOf(grace.api.passkeys.register.mutate({ name: "late", attestation }))).code).toBe(
      "STEP_UP_REQUIRED",
    );
    expect(await grace.api.passkeys.list.query()).toEqual([]);
    await grace.api.auth.stepUp.mutate({ password: GRACE.password });
    await stepUp(ada, key);
  });
});

describe("signing in", () => {
  it("[SV421] a passkey opens a session without a name or a password, as a password does", async () => {
    await using browser = open();
    expect(await enter(browser, key)).toMatchObject({ username: OWNER.username, role: "owner" });
    expect((await browser.api.auth.status.query()).user?.username).toBe(OWNER.username);
    expect(await newest("session.started")).toMatchObject({ factor: "passkey" });
    expect((await browser.api.passkeys.list.query())[0]?.lastUsedAt).not.toBeNull();
    expect((await refusalOf(browser.api.factors.beginTotp.mutate())).code).toBe("STEP_UP_REQUIRED");
    await browser.api.auth.signOut.mutate();
    expect((await refusalOf(browser.api.auth.sessions.query())).code).toBe("UNAUTHENTICATED");
  });

  it("[SV421] a person is not told from a stranger by what is asked", async () => {
    await using browser = open();
    expect((await browser.api.passkeys.beginSignIn.mutate()).allowCredentials).toEqual([]);
  });

  it.each<[string, string, Twist]>([
    ["another origin", "proof", { origin: "https://desk.example.evil.example" }],
    ["another port", "proof", { origin: `${ORIGIN}:8443` }],
    ["another site", "proof", { rpId: "evil.example" }],
    ["another challenge", "challenge", { challenge: "AAAA" }],
    ["another ceremony", "proof", { type: "webauthn.create" }],
    ["a frame in another site", "proof", { crossOrigin: true }],
    ["nobody verified", "proof", { without: VERIFIED }],
    ["nobody present", "proof", { without: 1 }],
    ["a flipped bit", "proof", { isFlipped: true }],
    ["another's key", "proof", { signer: new SoftAuthenticator(ORIGIN) }],
    ["another's person", "proof", { userHandle: Buffer.from("grace").toString("base64url") }],
  ])("[SV422] an answer of %s opens nothing and is written down", async (_what, reason, twist) => {
    await using browser = open();
    expect((await refusalOf(enter(browser, key, twist))).code).toBe("PASSKEY_REFUSED");
    expect(browser.cookie()).toBe("");
    expect(await newest("session.refused")).toMatchObject({ purpose: "sign_in", reason });
  });

  it("[SV422] an unknown passkey gets the same answer as a known one that proves nothing", async () => {
    await using browser = open();
    const unknown = await refusalOf(enter(browser, new SoftAuthenticator(ORIGIN)));
    const known = await refusalOf(enter(browser, key, { isFlipped: true }));
    expect({ ...unknown, requestId: "" }).toEqual({ ...known, requestId: "" });
  });

  it("[SV423] an answer is taken once, and only for what was asked", async () => {
    await using browser = open();
    const assertion = key.get(await browser.api.passkeys.beginSignIn.mutate());
    await browser.api.auth.signInByPasskey.mutate({ assertion });
    await browser.api.auth.signOut.mutate();
    const replayed = browser.api.auth.signInByPasskey.mutate({ assertion });
    expect((await refusalOf(replayed)).code).toBe("PASSKEY_REFUSED");
    expect(await newest("session.refused")).toMatchObject({ reason: "challenge" });
    const toStepUp = key.get(await ada.api.passkeys.beginStepUp.mutate());
    const crossed = browser.api.auth.signInByPasskey.mutate({ assertion: toStepUp });
    expect((await refusalOf(crossed)).code).toBe("PASSKEY_REFUSED");
    const toSignIn = key.get(await browser.api.passkeys.beginSignIn.mutate());
    const back = ada.api.auth.stepUp.mutate({ passkey: toSignIn });
    expect((await refusalOf(back)).code).toBe("PASSKEY_REFUSED");
    expect(await newest("passkey.refused")).toMatchObject({ purpose: "step_up", reason: "challenge" });
  });

  it("[SV424] a signature counter that has not grown is a copied key: refused and written down", async () => {
    await using browser = open();
    await enter(browser, key, { signCount: 100 });
    for (const signCount of [100, 99, 0]) {
      expect((await refusalOf(enter(browser, key, { signCount }))).code).toBe("PASSKEY_REFUSED");
      expect(await newest("session.refused")).toMatchObject({ reason: "counter" });
    }
    await enter(browser, key, { signCount: 2 ** 31 });
  });

  it("[SV424] an authenticator that keeps no counter says 0 each time, and is let in", async () => {
    await using browser = open();
    const phone = new SoftAuthenticator(ORIGIN);
    expect((await register(grace, phone, "phone")).recoveryCodes).toHaveLength(10);
    for (const _ of [1, 2]) expect((await enter(browser, phone)).username).toBe(GRACE.username);
  });
});

describe("the password beside a passkey", () => {
  let count = 2 ** 31;
  const next = () => ({ signCount: (count += 1) });
  beforeEach(() => clock.jump(5 * 60_000));

  it("[SV425] signs nobody in by itself any more; with a recovery code it does", async () => {
    await using browser = open();
    expect((await refusalOf(signInAs(browser, OWNER))).code).toBe("SECOND_FACTOR_REQUIRED");
    const guessed = browser.api.auth.signIn.mutate({ ...OWNER, code: "123456" });
    expect((await refusalOf(guessed)).code).toBe("BAD_CREDENTIALS");
    await browser.api.auth.signIn.mutate({ ...OWNER, code: recovery[0] ?? "" });
    expect((await browser.api.factors.read.query()).recoveryCodes).toBe(9);
  });

  it("[SV425] proves nobody either: raising and resuming want the passkey, of one's own and of this session", async () => {
    const { password } = OWNER;
    await ada.api.orders.halt.mutate({ reason: "a drill" });
    const raise = () => ada.api.risk.raise.mutate({ ...RAISE, accountId, password });
    expect((await refusalOf(raise())).code).toBe("STEP_UP_REQUIRED");
    expect((await refusalOf(ada.api.auth.stepUp.mutate({ password }))).code).toBe("SECOND_FACTOR_REQUIRED");
    const options = await ada.api.passkeys.beginStepUp.mutate();
    expect(options.allowCredentials).toEqual([{ type: "public-key", id: key.id, transports: ["internal"] }]);
    const graces = await grace.api.passkeys.beginStepUp.mutate();
    const borrowed = grace.api.auth.stepUp.mutate({ passkey: key.get(graces, next()) });
    expect((await refusalOf(borrowed)).code).toBe("PASSKEY_REFUSED");
    await using other = open();
    await enter(other, key, next());
    const elsewhere = other.api.auth.stepUp.mutate({ passkey: key.get(options, next()) });
    expect((await refusalOf(elsewhere)).code).toBe("PASSKEY_REFUSED");
    expect((await refusalOf(stepUp(ada, key, { ...next(), without: VERIFIED }))).code).toBe("PASSKEY_REFUSED");
    expect((await refusalOf(raise())).code).toBe("STEP_UP_REQUIRED");
    await stepUp(ada, key, next());
    expect(await newest("session.stepped_up")).toMatchObject({ by: "passkey" });
    expect((await raise()).raises).toHaveLength(1);
    expect((await ada.api.orders.resume.mutate({ to: "ACTIVE" })).state).toBe("ACTIVE");
    expect((await refusalOf(other.api.factors.beginTotp.mutate())).code).toBe("STEP_UP_REQUIRED");
  });

  it("[SV426] a passkey is removed after a proof, by its person only; the last one gives the password its word back", async () => {
    expect((await refusalOf(ada.api.passkeys.remove.mutate({ id: key.id }))).code).toBe("STEP_UP_REQUIRED");
    await stepUp(ada, key, next());
    const [phone] = await grace.api.passkeys.list.query();
    expect((await refusalOf(ada.api.passkeys.remove.mutate({ id: phone?.id ?? "" }))).code).toBe("NOT_FOUND");
    const second = new SoftAuthenticator(ORIGIN);
    expect((await register(ada, second, "second")).recoveryCodes).toEqual([]);
    await ada.api.passkeys.remove.mutate({ id: key.id });
    expect(await ada.api.factors.read.query()).toEqual({ app: false, passkeys: 1, recoveryCodes: 9 });
    await using browser = open();
    expect((await refusalOf(enter(browser, key, next()))).code).toBe("PASSKEY_REFUSED");
    expect((await refusalOf(ada.api.passkeys.remove.mutate({ id: key.id }))).code).toBe("NOT_FOUND");
    await ada.api.passkeys.remove.mutate({ id: second.id });
    expect(await ada.api.factors.read.query()).toEqual({ app: false, passkeys: 0, recoveryCodes: 0 });
    expect((await refusalOf(ada.api.passkeys.beginStepUp.mutate())).code).toBe("PASSKEYS_UNAVAILABLE");
    await signInAs(browser, OWNER);
  });

  it("[SV426] a session that has ended registers nothing, and a person who was removed does not come back", async () => {
    await ada.api.auth.stepUp.mutate({ password: OWNER.password });
    await using browser = open();
    await signInAs(browser, OWNER);
    await browser.api.auth.stepUp.mutate({ password: OWNER.password });
    const options = await browser.api.passkeys.beginRegistration.mutate();
    await ada.api.auth.signOutEverywhere.mutate();
    const late = browser.api.passkeys.register.mutate({ name: "late", attestation: key.create(options) });
    expect((await refusalOf(late)).code).toBe("UNAUTHENTICATED");
    const phone = new SoftAuthenticator(ORIGIN);
    await using guest = open();
    const { token } = await ada.api.people.invite.mutate({ role: "viewer" });
    await guest.api.people.accept.mutate({ token, username: "guest", password: GRACE.password });
    await guest.api.auth.stepUp.mutate({ password: GRACE.password });
    await register(guest, phone, "phone");
    const { id = "" } = (await guest.api.auth.status.query()).user ?? {};
    await ada.api.people.remove.mutate({ userId: id });
    expect((await refusalOf(enter(open(), phone))).code).toBe("PASSKEY_REFUSED");
  });
});

it("[SV429] what is done with passkeys is in the log, and the log holds", async () => {
  const { entries } = await ada.api.audit.list.query({ limit: 500 });
  const actions = new Set(entries.map(({ action }) => action));
  for (const action of ["passkey.added", "passkey.removed", "passkey.refused", "session.started", "session.refused"])
    expect(actions).toContain(action);
  expect(await ada.api.audit.verify.query()).toMatchObject({ ok: true });
});

it("[SV427] a desk that is open as a number says so in place of a passkey", async () => {
  await using plain = await createTestDesk();
  await using browser = createTestClient(plain.url);
  const refused = await refusalOf(browser.api.passkeys.beginSignIn.mutate());
  expect(refused).toMatchObject({ code: "PASSKEYS_UNAVAILABLE", httpStatus: 412 });
  expect(refused.message).toContain(plain.url.replace("127.0.0.1", "localhost"));
});

it("[SV428] passkeys that open nothing are held back as passwords are, before the request is read too", async () => {
  await using guarded = await createTestDesk({ publicOrigins: [ORIGIN], buckets: { signInStrangers: ALL } });
  await using browser = createTestClient(guarded.url, ORIGIN);
  const codes: string[] = [];
  for (let tries = 0; tries < 21; tries += 1)
    codes.push((await refusalOf(enter(browser, new SoftAuthenticator(ORIGIN)))).code);
  expect(codes.slice(0, 5)).toEqual(Array.from({ length: 5 }, () => "PASSKEY_REFUSED"));
  expect(codes.slice(5)).toEqual(Array.from({ length: 16 }, () => "TOO_MANY_REQUESTS"));
  const unread = await fetch(`${guarded.url}/trpc/auth.signInByPasskey`, { method: "POST", body: "no JSON" });
  expect(unread.status).toBe(429);
  expect(unread.headers.get("cache-control")).toBe("no-store");
  expect(Reflect.get(Object(await unread.json()), "error")).toMatchObject({
    data: { desk: { code: "TOO_MANY_REQUESTS", outcome: "refused" } },
  });
});
