import { userId } from "@trenddojo/brokers/domain";
import { FakeClock } from "@trenddojo/brokers/testing";
import { sessions as rows, users } from "@trenddojo/db";
import { createTestStore, type TestDb } from "@trenddojo/db/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ABSOLUTE_MS, IDLE_MS, Sessions } from "./sessions.ts";

const ADA = userId("ada");
const ORIGIN = { address: "127.0.0.1", userAgent: "test" };

let store: TestDb;
let clock: FakeClock;
let sessions: Sessions;

beforeAll(async () => {
  store = await createTestStore();
  await store.db.transaction((tx) =>
    users.insert(tx, { id: ADA, username: "Ada", passwordHash: "x", role: "owner", createdAt: 1 }),
  );
});
afterAll(() => store.close());
beforeEach(() => {
  clock = new FakeClock();
  sessions = new Sessions({ db: store.db, clock, secure: false });
});

const start = async () => {
  const { cookie, sessionId } = await sessions.start(store.db, ADA, ORIGIN);
  return { token: sessions.readToken(cookie), cookie, sessionId };
};

describe("sessions", () => {
  it("[SE1] a token opens its session; the database holds its digest only", async () => {
    const { token, sessionId } = await start();
    expect(await sessions.authenticate(token)).toMatchObject({ user: { id: ADA, role: "owner" }, sessionId });
    expect(sessionId).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(JSON.stringify(await rows.listByUser(store.db, ADA))).not.toContain(token);
    expect(await sessions.authenticate(sessionId)).toBeNull();
    for (const nonsense of [null, "", "x", "sha256:", "a".repeat(10_000)])
      expect(await sessions.authenticate(nonsense)).toBeNull();
  });

  it("[SV414] a token's holder is known once it has opened its session, and proves nothing", async () => {
    const { token, sessionId } = await start();
    expect(sessions.lastHolder(token)).toBeNull();
    await sessions.authenticate(token);
    expect(sessions.lastHolder(token)).toBe(ADA);
    await sessions.end(store.db, sessionId);
    expect(await sessions.authenticate(token)).toBeNull();
    expect(sessions.lastHolder(null)).toBeNull();
  });

  it("[SE2] ends 30 minutes after the last call, on the desk's clock", async () => {
    const { token, sessionId } = await start();
    await clock.advance(IDLE_MS - 1_000);
    expect(await sessions.authenticate(token)).not.toBeNull();
    await clock.advance(IDLE_MS - 1_000);
    expect(await sessions.isAlive(sessionId)).toBe(true);
    await clock.advance(1_000);
    expect(await sessions.isAlive(sessionId)).toBe(false);
    expect(await sessions.authenticate(token)).toBeNull();
  });

  it("[SE3] ends after 12 hours, however busy", async () => {
    const { token } = await start();
    const callEveryMs = 10 * 60_000;
    for (let passed = callEveryMs; passed < ABSOLUTE_MS; passed += callEveryMs) {
      await clock.advance(callEveryMs);
      expect(await sessions.authenticate(token)).not.toBeNull();
    }
    await clock.advance(callEveryMs);
    expect(await sessions.authenticate(token)).toBeNull();
  });

  it("[SE4] looking whether it is alive does not keep it alive", async () => {
    const { token, sessionId } = await start();
    for (let count = 0; count < 3; count += 1) {
      await clock.advance(IDLE_MS / 3);
      await sessions.isAlive(sessionId);
    }
    expect(await sessions.authenticate(token)).toBeNull();
  });

  it("[SE5] an ended session is gone, and the sweep deletes those that have run out", async () => {
    const { token, sessionId } = await start();
    const other = await start();
    await sessions.end(store.db, sessionId);
    expect(await sessions.authenticate(token)).toBeNull();
    expect(await sessions.authenticate(other.token)).not.toBeNull();
    await clock.advance(ABSOLUTE_MS);
    await sessions.sweep();
    expect(await rows.listByUser(store.db, ADA)).toEqual([]);
  });

  it("[SE6] over https the cookie is bound to the host", async () => {
    const secure = new Sessions({ db: store.db, clock, secure: true });
    const { cookie } = await secure.start(store.db, ADA, ORIGIN);
    expect(cookie).toMatch(/^__Host-desk_session=\w+; HttpOnly; Max-Age=43200; Path=\/; SameSite=Strict; Secure$/);
    expect(secure.readToken("desk_session=abc")).toBeNull();
  });
});
