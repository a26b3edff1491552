import { randomBytes } from "node:crypto";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { BUCKETS } from "./auth/buckets.ts";
import { ABSOLUTE_MS, IDLE_MS } from "./auth/sessions.ts";
import { createTestClient, type TestClient } from "./testing/createTestClient.ts";
import { createTestDesk, type TestDesk } from "./testing/createTestDesk.ts";
import { JumpClock } from "./testing/JumpClock.ts";
import { OWNER, setUp, signInAs } from "./testing/people.ts";
import { refusalOf } from "./testing/refusalOf.ts";
import { until } from "./testing/until.ts";

const clock = new JumpClock();
let desk: TestDesk;
let ada: TestClient;

beforeAll(async () => {
  // Slow to fill again, so that a busy machine sees the same as an idle one.
  const buckets = { status: { perSecond: 1e-6, burst: 12 }, signInKnown: BUCKETS.signInKnown };
  desk = await createTestDesk({ clock, buckets });
  ada = createTestClient(desk.url);
  await setUp(ada);
});
afterAll(async () => {
  await ada[Symbol.asyncDispose]();
  await desk[Symbol.asyncDispose]();
});

/** Opens a socket that only listens. */
async function listen(client: TestClient): Promise<void> {
  let states = 0;
  client.api.risk.states.subscribe(undefined, { onData: () => void (states += 1), onError: () => undefined });
  await until("the stream's first state", () => states > 0);
}

it.each([
  ["idles for 30 minutes", () => Promise.resolve(clock.jump(IDLE_MS))],
  [
    "is 12 hours old",
    async () => {
      await desk.store.db.execute(
        sql`update sessions set last_seen_at = last_seen_at + interval '11 hours 50 minutes'`,
      );
      clock.jump(ABSOLUTE_MS);
    },
  ],
  ["is deleted beside the desk", () => desk.store.db.execute(sql`delete from sessions`)],
])("[SV560] the sockets of a session that %s are closed, without a call", async (_how, end) => {
  await using other = createTestClient(desk.url);
  await signInAs(other, OWNER);
  await listen(other);
  const closed = other.closed();
  await end();
  expect(await closed).toBe(4401);
});

it("[SV561] a wrong current password is written down, and held back as a guess is", async () => {
  await signInAs(ada, OWNER);
  const guess = async () => {
    const typed = { currentPassword: "not the password", newPassword: "some other unrelated words" };
    return refusalOf(ada.api.auth.changePassword.mutate(typed));
  };
  const first = await guess();
  expect(first).toMatchObject({ code: "BAD_CREDENTIALS", issues: [{ field: "currentPassword" }] });
  const { entries } = await ada.api.audit.list.query({ action: "password.refused", limit: 1 });
  expect(entries[0]?.message).toContain(OWNER.username);
  // Whatever else the person confirms by a password draws from the same.
  for (let n = 1; n < BUCKETS.signInKnown.burst; n += 1) await guess();
  const held = await refusalOf(ada.api.auth.stepUp.mutate({ password: "not the password" }));
  expect(held.code).toBe("TOO_MANY_REQUESTS");
  expect((await guess()).code).toBe("TOO_MANY_REQUESTS");
});

it("[SV562] made-up cookies, and one that has ended, cost the store a look only as often as an address may ask", async () => {
  const ask = async (cookie: string) => {
    const headers = { origin: desk.url, cookie };
    const { status } = await fetch(`${desk.url}/trpc/accounts.list`, { headers });
    return status;
  };
  const ended = ada.cookie();
  const name = ended.split("=")[0] ?? "";
  await ada.api.auth.signOut.mutate();
  const answers: number[] = [];
  for (let n = 0; n < 8; n += 1) answers.push(await ask(`${name}=${randomBytes(20).toString("hex")}`));
  for (let n = 0; n < 8; n += 1) answers.push(await ask(ended));
  expect(answers).toContain(401);
  expect(answers.slice(-3)).toEqual([429, 429, 429]);
  expect(await ask("")).toBe(401);
});
