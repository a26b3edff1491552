import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestClient, type TestClient } from "./testing/createTestClient.ts";
import { createTestDesk, type TestDesk } from "./testing/createTestDesk.ts";
import { JumpClock } from "./testing/JumpClock.ts";
import { builtIn, OWNER, setUp, signInAs } from "./testing/people.ts";
import { refusalOf } from "./testing/refusalOf.ts";
import { until } from "./testing/until.ts";

const HOUR_MS = 3_600_000;
const ALL = { perSecond: 1_000, burst: 10_000 };
const BUCKETS = { signIn: ALL, signInStranger: ALL, signInAccount: ALL, signInStrangers: ALL };
const PASSWORD = "words that nobody would guess";
const LIMIT = { type: "limit", symbol: "AAPL", side: "buy", quantity: "1", price: "1.00", timeInForce: "gtc" } as const;

const clock = new JumpClock();
let desk: TestDesk;
let owner: TestClient;

beforeAll(async () => {
  desk = await createTestDesk({ clock, buckets: BUCKETS });
  owner = createTestClient(desk.url);
  await setUp(owner);
});
afterAll(async () => {
  await owner[Symbol.asyncDispose]();
  await desk[Symbol.asyncDispose]();
});

type Role = "trader" | "viewer" | "cancel_only";

/** Lets a person in by an invitation. */
async function join(client: TestClient, username: string, role: Role) {
  const { token } = await owner.api.people.invite.mutate({ role });
  return client.api.people.accept.mutate({ token, username, password: PASSWORD });
}

/** Opens a socket that stays. */
async function listen(client: TestClient): Promise<void> {
  let states = 0;
  client.api.risk.states.subscribe(undefined, { onData: () => void (states += 1), onError: () => undefined });
  await until("the stream's first state", () => states > 0);
}

it("[SV200] an invitation lets one person in, with its role, a name of their own and a paper account", async () => {
  await using grace = createTestClient(desk.url);
  const { token, ...invitation } = await owner.api.people.invite.mutate({ role: "viewer" });
  expect(token).toMatch(/^[\w-]{43}$/);
  expect(await owner.api.people.invitations.query()).toEqual([invitation]);
  const user = await grace.api.people.accept.mutate({ token, username: "grace", password: PASSWORD });
  expect(user).toMatchObject({ username: "grace", role: "viewer" });
  expect((await grace.api.auth.status.query()).user).toEqual(user);
  expect(await grace.api.accounts.list.query()).toHaveLength(1);
  expect(await owner.api.people.invitations.query()).toEqual([]);
  await using second = createTestClient(desk.url);
  const again = second.api.people.accept.mutate({ token, username: "mallory", password: PASSWORD });
  expect((await refusalOf(again)).code).toBe("INVITATION_INVALID");
  expect((await owner.api.auth.users.query()).map(({ username }) => username)).toEqual([OWNER.username, "grace"]);
});

it("[SV200] of two that use one link at once, one is let in", async () => {
  const { token } = await owner.api.people.invite.mutate({ role: "viewer" });
  const clients = ["race-a", "race-b"].map((username) => ({ username, client: createTestClient(desk.url) }));
  const outcomes = await Promise.allSettled(
    clients.map(({ username, client }) => client.api.people.accept.mutate({ token, username, password: PASSWORD })),
  );
  for (const { client } of clients) await client[Symbol.asyncDispose]();
  expect(outcomes.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  const names = (await owner.api.auth.users.query()).filter(({ username }) => username.startsWith("race-"));
  expect(names).toHaveLength(1);
});

it("[SV201] a link that was taken back, is too old or never was lets nobody in, and all say the same", async () => {
  await using stranger = createTestClient(desk.url);
  const accept = (token: string) =>
    refusalOf(stranger.api.people.accept.mutate({ token, username: "late", password: PASSWORD }));
  const revoked = await owner.api.people.invite.mutate({ role: "trader" });
  await owner.api.people.revokeInvitation.mutate({ id: revoked.id });
  const old = await owner.api.people.invite.mutate({ role: "trader" });
  clock.jump(47 * HOUR_MS);
  await signInAs(owner, OWNER);
  expect(await owner.api.people.invitations.query()).toHaveLength(1);
  clock.jump(HOUR_MS);
  await signInAs(owner, OWNER);
  expect(await owner.api.people.invitations.query()).toEqual([]);
  const refusals = [await accept(revoked.token), await accept(old.token), await accept("x".repeat(43))];
  expect(refusals.map(({ code }) => code)).toEqual(refusals.map(() => "INVITATION_INVALID"));
  expect(new Set(refusals.map(({ message }) => message)).size).toBe(1);
  expect((await refusalOf(owner.api.people.revokeInvitation.mutate({ id: old.id }))).code).toBe("NOT_FOUND");
});

it("[SV202] a cancel-only person may look, cancel and halt, and nothing else", async () => {
  await using person = createTestClient(desk.url);
  const { id } = await join(person, "trudy", "trader");
  const { accountId } = await builtIn(person);
  const place = () => person.api.orders.place.mutate({ accountId, idempotencyKey: randomUUID(), order: LIMIT });
  const order = await place();
  await owner.api.people.setRole.mutate({ userId: id, role: "cancel_only" });
  await signInAs(person, { username: "trudy", password: PASSWORD });
  expect((await refusalOf(place())).code).toBe("FORBIDDEN");
  const modify = person.api.orders.modify.mutate({ orderId: order.id, changes: { quantity: "2" } });
  expect((await refusalOf(modify)).code).toBe("FORBIDDEN");
  expect((await person.api.orders.list.query({})).orders).toHaveLength(1);
  await person.api.orders.cancel.mutate({ orderId: order.id });
  expect((await person.api.orders.get.query({ orderId: order.id })).order.state).toBe("CANCELED");
  expect((await person.api.orders.halt.mutate({ reason: "enough" })).state).toBe("HALTED");
  const resume = person.api.orders.resume.mutate({ to: "ACTIVE", password: PASSWORD });
  expect((await refusalOf(resume)).code).toBe("FORBIDDEN");
});

it("[SV203] another role ends the person's sessions and closes their sockets", async () => {
  await using person = createTestClient(desk.url);
  const { id } = await join(person, "vera", "trader");
  await listen(person);
  const closed = person.closed();
  expect(await owner.api.people.setRole.mutate({ userId: id, role: "viewer" })).toMatchObject({ role: "viewer" });
  expect(await closed).toBe(4401);
  expect((await refusalOf(person.api.accounts.list.query())).code).toBe("UNAUTHENTICATED");
  await signInAs(person, { username: "vera", password: PASSWORD });
  expect((await person.api.auth.status.query()).user?.role).toBe("viewer");
});

it("[SV563] a trader with open orders is made no viewer, who could not cancel them; cancel-only may", async () => {
  await using person = createTestClient(desk.url);
  const { id } = await join(person, "rita", "trader");
  const { accountId } = await builtIn(person);
  const order = await person.api.orders.place.mutate({ accountId, idempotencyKey: randomUUID(), order: LIMIT });
  const toViewer = () => owner.api.people.setRole.mutate({ userId: id, role: "viewer" });
  const refusal = await refusalOf(toViewer());
  expect(refusal).toMatchObject({ code: "OPEN_ORDERS" });
  expect(refusal.message).toContain("rita has 1 open order");
  // Nothing has changed, and the session goes on.
  expect((await person.api.auth.status.query()).user?.role).toBe("trader");
  await owner.api.people.setRole.mutate({ userId: id, role: "cancel_only" });
  await signInAs(person, { username: "rita", password: PASSWORD });
  await person.api.orders.cancel.mutate({ orderId: order.id });
  expect(await toViewer()).toMatchObject({ role: "viewer" });
});

it("[SV204] who is removed is out at once, cannot come back, and leaves no open order", async () => {
  await using person = createTestClient(desk.url);
  const { id } = await join(person, "oscar", "trader");
  const { accountId } = await builtIn(person);
  await person.api.orders.place.mutate({ accountId, idempotencyKey: randomUUID(), order: LIMIT });
  await listen(person);
  const closed = person.closed();
  await owner.api.people.remove.mutate({ userId: id });
  expect(await closed).toBe(4401);
  expect((await refusalOf(person.api.accounts.list.query())).code).toBe("UNAUTHENTICATED");
  const back = signInAs(person, { username: "oscar", password: PASSWORD });
  expect((await refusalOf(back)).code).toBe("BAD_CREDENTIALS");
  expect((await owner.api.auth.users.query()).map(({ username }) => username)).not.toContain("oscar");
  await until("the cancel", async () => {
    const { rows } = await desk.store.db.execute("select state from orders").then((result) => ({ rows: [...result] }));
    return rows.every(({ state }) => state === "CANCELED");
  });
});

it("[SV556] nobody is removed whose halt is not stored with it, and asked again it is done", async () => {
  await using person = createTestClient(desk.url);
  const { id } = await join(person, "halted-or-here", "trader");
  const { db } = desk.store;
  const remove = () => owner.api.people.remove.mutate({ userId: id });
  const traces = async () => {
    const removed = await db.execute(sql`select id from users where id = ${id} and removed_at is not null`);
    const halted = await db.execute(sql`select user_id from trading_states where user_id = ${id} and state = 'HALTED'`);
    return { removed: removed.length, halted: halted.length };
  };
  await db.execute(
    sql`create function no_halt() returns trigger language plpgsql as 'begin raise exception ''no''; end'`,
  );
  await db.execute(sql`create trigger no_halt before insert on halts for each row execute function no_halt()`);
  expect((await refusalOf(remove())).code).toBe("INTERNAL");
  expect(await traces()).toEqual({ removed: 0, halted: 0 });
  expect(await person.api.accounts.list.query()).toHaveLength(1);
  await db.execute(sql`drop trigger no_halt on halts`);
  await remove();
  expect(await traces()).toEqual({ removed: 1, halted: 1 });
  await remove();
  expect(await traces()).toEqual({ removed: 1, halted: 1 });
});

it("[SV204] the owner's role stays, and the owner", async () => {
  const { user } = await owner.api.auth.status.query();
  const userId = user?.id ?? "";
  expect((await refusalOf(owner.api.people.setRole.mutate({ userId, role: "viewer" }))).code).toBe("NOT_FOUND");
  expect((await refusalOf(owner.api.people.remove.mutate({ userId }))).code).toBe("NOT_FOUND");
});

it("[SV205] signing out everywhere ends every session but this one, with its socket", async () => {
  await using second = createTestClient(desk.url);
  await signInAs(second, OWNER);
  await listen(second);
  const closed = second.closed();
  expect((await owner.api.auth.signOutEverywhere.mutate()).ended).toBeGreaterThanOrEqual(1);
  expect(await closed).toBe(4401);
  expect((await refusalOf(second.api.accounts.list.query())).code).toBe("UNAUTHENTICATED");
  expect(await owner.api.auth.sessions.query()).toHaveLength(1);
});
