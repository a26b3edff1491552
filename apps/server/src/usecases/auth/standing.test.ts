import { userId } from "@trenddojo/brokers/domain";
import { apiTokens, sessions, users } from "@trenddojo/db";
import { sql } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Actor } from "../../auth/Actor.ts";
import { BUCKETS } from "../../auth/buckets.ts";
import { codeAt } from "../../auth/totp.ts";
import type { Desk } from "../../Desk.ts";
import { createQuietDesk, type QuietDesk } from "../../testing/createQuietDesk.ts";
import { JumpClock } from "../../testing/JumpClock.ts";
import { SoftAuthenticator } from "../../testing/SoftAuthenticator.ts";
import { beginTotp } from "../factors/beginTotp.ts";
import { confirmTotp } from "../factors/confirmTotp.ts";
import { removeTotp } from "../factors/removeTotp.ts";
import { beginPasskeySignIn } from "../passkeys/beginPasskeySignIn.ts";
import { beginRegistration } from "../passkeys/beginRegistration.ts";
import { registerPasskey } from "../passkeys/registerPasskey.ts";
import { removePasskey } from "../passkeys/removePasskey.ts";
import { removePerson } from "../people/removePerson.ts";
import { createToken } from "../tokens/createToken.ts";
import { changePassword } from "./changePassword.ts";
import { createUser } from "./createUser.ts";
import { requireProof } from "./requireProof.ts";
import { setUpOwner } from "./setUpOwner.ts";
import { signIn } from "./signIn.ts";
import { signInByPasskey } from "./signInByPasskey.ts";
import { stepUp } from "./stepUp.ts";

const PAGE = "https://desk.example";
const HERE = { address: "::1", userAgent: "test", origin: PAGE } as const;
const GRACE = { username: "grace", password: "another four words here" } as const;
const NEW_PASSWORD = "and now some other words";
const STEP_MS = 30_000;

const clock = new JumpClock();
let quiet: QuietDesk;
let desk: Desk;
/** The same desk, whose use cases can be held before what they store. */
let held: Desk;
let owner: Actor;
let grace: Actor;
let key: SoftAuthenticator;
let secret = "";
let recovery: readonly string[] = [];

beforeEach(async () => {
  quiet = await createQuietDesk(clock, {
    publicOrigins: [PAGE],
    buckets: { secondFactor: BUCKETS.read, signInKnown: BUCKETS.read, signInStranger: BUCKETS.read },
  });
  ({ desk, held } = quiet);
  const ada = await setUpOwner(desk, HERE, { username: "Ada", password: "four unrelated words" });
  owner = await quiet.actorOf(ada.cookie);
  await createUser(desk, owner, { ...GRACE, role: "trader" });
  grace = await quiet.actorOf((await signIn(desk, HERE, GRACE)).cookie);
  key = new SoftAuthenticator(PAGE, 7);
});
afterEach(() => quiet[Symbol.asyncDispose]());

/** The app's code, of a step that was not used yet. */
function nextCode(): string {
  clock.jump(STEP_MS);
  return codeAt(secret, clock.now());
}

async function enrolApp(): Promise<void> {
  await stepUp(desk, grace, HERE, { password: GRACE.password });
  ({ secret } = await beginTotp(desk, grace));
  recovery = await confirmTotp(desk, grace, nextCode());
}

async function addPasskey(): Promise<void> {
  await stepUp(desk, grace, HERE, { password: GRACE.password });
  const attestation = key.create(await beginRegistration(desk, grace, PAGE), {});
  await registerPasskey(desk, grace, HERE, { name: "key", attestation });
}

const enterBy = {
  password: () => signIn(held, HERE, GRACE),
  app: () => signIn(held, HERE, { ...GRACE, code: nextCode() }),
  recovery: () => signIn(held, HERE, { ...GRACE, code: recovery[0] }),
  passkey: () => signInByPasskey(held, HERE, key.get(beginPasskeySignIn(held, PAGE), {})),
} as const satisfies Record<string, () => Promise<unknown>>;
type Way = keyof typeof enterBy;

const prepare = async (way: Way): Promise<void> => {
  if (way === "app" || way === "recovery") await enrolApp();
  if (way === "passkey") await addPasskey();
};

const newPassword = () =>
  changePassword(desk, grace, {
    currentPassword: GRACE.password,
    newPassword: NEW_PASSWORD,
    address: HERE.address,
  });

describe("a sign-in that was judged before a change, and is stored after it", () => {
  it.each<[Way, string, () => Promise<unknown>]>([
    ["password", "another password", newPassword],
    ["app", "another password", newPassword],
    ["recovery", "another password", newPassword],
    ["passkey", "another password", newPassword],
    ["password", "the removal of its person", () => removePerson(desk, owner, grace.user.id)],
    ["passkey", "the removal of its person", () => removePerson(desk, owner, grace.user.id)],
    ["password", "the first second factor", enrolApp],
    ["app", "the end of the app", () => removeTotp(desk, grace)],
    ["recovery", "the end of the app", () => removeTotp(desk, grace)],
    ["passkey", "the end of the passkey", () => removePasskey(desk, grace, key.id)],
  ])("[SV558] by %s, across %s, opens nothing and is written down", async (way, _what, change) => {
    await prepare(way);
    const opened = async () => (await sessions.listByUser(desk.db, grace.user.id)).length;
    const before = await opened();
    quiet.holdNext(change);
    await expect(enterBy[way]()).rejects.toMatchObject({ code: "BAD_CREDENTIALS" });
    expect(await opened()).toBeLessThanOrEqual(before);
    const [refused] = await desk.db.execute(
      sql`select count(*)::int as n from audit_log where action = ${"session.refused"}`,
    );
    expect(refused).toEqual({ n: 1 });
  });

  it.each<Way>(["password", "app", "recovery", "passkey"])("[SV558] by %s opens a session without one", async (way) => {
    await prepare(way);
    expect(await enterBy[way]()).toMatchObject({ view: { username: GRACE.username } });
  });

  it("[SV558] of two new passwords at once one is set", async () => {
    quiet.holdNext(newPassword);
    const late = { currentPassword: GRACE.password, newPassword: "what a thief would like", address: "::2" };
    await expect(changePassword(held, grace, late)).rejects.toMatchObject({ code: "BAD_CREDENTIALS" });
    const row = await users.find(desk.db, userId(grace.user.id));
    expect(await desk.passwords.verify(row?.passwordHash ?? null, NEW_PASSWORD)).toBe(true);
  });
});

it("[SV566] a token that a session asked for before another password ended it is not made", async () => {
  const other = await quiet.actorOf((await signIn(desk, HERE, GRACE)).cookie);
  await stepUp(desk, other, HERE, { password: GRACE.password });
  quiet.holdNext(newPassword);
  const asked = createToken(held, other, { name: "late", scope: "read", days: 1 });
  await expect(asked).rejects.toMatchObject({ code: "STEP_UP_REQUIRED" });
  expect(await apiTokens.listByUser(desk.db, grace.user.id, clock.now())).toEqual([]);
});

describe("a proof by the password", () => {
  it.each([
    ["an app", enrolApp],
    ["a passkey", addPasskey],
  ])("[SV559] is void in another browser once %s is there, and stays where that was shown", async (_what, enrol) => {
    const other = await quiet.actorOf((await signIn(desk, HERE, GRACE)).cookie);
    await stepUp(desk, other, HERE, { password: GRACE.password });
    await requireProof(desk, other);
    await enrol();
    await expect(requireProof(desk, other)).rejects.toMatchObject({ code: "STEP_UP_REQUIRED" });
    await requireProof(desk, grace);
  });

  it("[SV559] that was judged before there was an app, and is stored after, proves nothing", async () => {
    const other = await quiet.actorOf((await signIn(desk, HERE, GRACE)).cookie);
    quiet.holdNext(enrolApp);
    await expect(stepUp(held, other, HERE, { password: GRACE.password })).rejects.toMatchObject({
      code: "BAD_CREDENTIALS",
    });
    await expect(requireProof(desk, other)).rejects.toMatchObject({ code: "STEP_UP_REQUIRED" });
  });

  it("[SV559] belongs to one browser", async () => {
    const other = await quiet.actorOf((await signIn(desk, HERE, GRACE)).cookie);
    await stepUp(desk, grace, HERE, { password: GRACE.password });
    await expect(requireProof(desk, other)).rejects.toMatchObject({ code: "STEP_UP_REQUIRED" });
  });
});
