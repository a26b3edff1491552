import { userId } from "@trenddojo/brokers/domain";
import { expect, test } from "vitest";
import { classifyDriverError } from "../driverError.ts";
import { createIds, failureOf, NOW, seedUser } from "../testing/fixtures.ts";
import { describeEachDriver } from "../testing/describeEachDriver.ts";
import * as orderEvents from "./orderEvents.ts";
import * as sessions from "./sessions.ts";
import * as tradingStates from "./tradingStates.ts";
import * as users from "./users.ts";

const sessionId = (digit: string): string => `sha256:${digit.repeat(64)}`;

await describeEachDriver("users and sessions", (db) => {
  const ids = createIds();

  test("[DB1] of two owners set up at the same time one is refused", async () => {
    expect(await users.any(db())).toBe(false);
    const setUp = (id: string) =>
      db().transaction((tx) =>
        users.insert(tx, { id: userId(id), username: id, passwordHash: "x", role: "owner", createdAt: NOW }),
      );
    const outcomes = await Promise.allSettled([setUp("owner-a"), setUp("owner-b")]);
    expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(["fulfilled", "rejected"]);
    const refused = outcomes.find((outcome) => outcome.status === "rejected");
    expect(classifyDriverError(refused?.reason)).toEqual({ kind: "unique", constraint: "users_single_owner" });
    expect(await users.any(db())).toBe(true);
    expect(await users.list(db())).toHaveLength(1);
  });

  test("[DB1] a name is taken in any case, and found in any case", async () => {
    const ada = await seedUser(db(), "Ada");
    expect(await failureOf(seedUser(db(), "aDA"), classifyDriverError)).toEqual({
      kind: "unique",
      constraint: "users_username_key_unique",
    });
    expect(await users.findByUsername(db(), "ADA")).toEqual(ada);
    expect(ada).toMatchObject({ username: "Ada", createdAt: NOW, passwordChangedAt: NOW });
  });

  test("[DB1] a new user may trade, has seen no event, and can change the password", async () => {
    const { id } = await seedUser(db(), ids("user"));
    expect(await tradingStates.get(db(), id)).toBe("ACTIVE");
    expect(await orderEvents.lastSequence(db(), id)).toBe(0);
    expect(await users.setPasswordHash(db(), { userId: id, passwordHash: "new", at: NOW + 1 })).toBe(true);
    expect(await users.find(db(), id)).toMatchObject({ passwordHash: "new", passwordChangedAt: NOW + 1 });
    expect(await users.setPasswordHash(db(), { userId: userId("nobody"), passwordHash: "new", at: NOW })).toBe(false);
  });

  test("[DB2] only the hash of a token can be a session's id", async () => {
    const user = await seedUser(db(), ids("user"));
    const session = {
      userId: user.id,
      createdAt: NOW,
      lastSeenAt: NOW,
      expiresAt: NOW + 1000,
      address: "::1",
      userAgent: "test",
    };
    expect(await failureOf(sessions.insert(db(), { ...session, id: "the-token-itself" }), classifyDriverError)).toEqual(
      {
        kind: "check",
        constraint: "sessions_id_check",
      },
    );
    await sessions.insert(db(), { ...session, id: sessionId("a") });
    expect(await sessions.findWithUser(db(), sessionId("a"))).toEqual({
      session: { ...session, id: sessionId("a"), provenAt: null },
      user,
    });
    expect(await sessions.findWithUser(db(), sessionId("b"))).toBeNull();
  });

  test("[DB2] a session ends by sign-out, by a new password, by idling and at its absolute end", async () => {
    const user = await seedUser(db(), ids("user"));
    const add = (id: string, lastSeenAt: number, expiresAt: number) =>
      sessions.insert(db(), {
        id,
        userId: user.id,
        createdAt: lastSeenAt,
        lastSeenAt,
        expiresAt,
        address: "::1",
        userAgent: "",
      });
    await add(sessionId("1"), NOW, NOW + 50_000);
    await add(sessionId("2"), NOW + 1, NOW + 50_000);
    await add(sessionId("3"), NOW + 2, NOW + 100);
    await add(sessionId("4"), NOW - 9_000, NOW + 50_000);
    expect((await sessions.listByUser(db(), user.id)).map((session) => session.id)).toEqual(
      ["3", "2", "1", "4"].map(sessionId),
    );
    expect((await sessions.removeExpired(db(), { now: NOW + 100, idleSince: NOW - 9_000 })).sort()).toEqual(
      ["3", "4"].map(sessionId),
    );
    expect(await sessions.touch(db(), sessionId("1"), NOW + 5)).toBe(true);
    expect((await sessions.findWithUser(db(), sessionId("1")))?.session.lastSeenAt).toBe(NOW + 5);
    expect(await sessions.removeByUser(db(), user.id, sessionId("1"))).toEqual([sessionId("2")]);
    const ends = { now: NOW, idleSince: NOW };
    expect(await sessions.listAlive(db(), ["1", "2"].map(sessionId), ends)).toEqual(new Set([sessionId("1")]));
    for (const over of [
      { ...ends, now: NOW + 50_000 },
      { ...ends, idleSince: NOW + 5 },
    ])
      expect(await sessions.listAlive(db(), [sessionId("1")], over)).toEqual(new Set());
    expect(await sessions.remove(db(), sessionId("1"))).toBe(true);
    expect(await sessions.remove(db(), sessionId("1"))).toBe(false);
    expect(await sessions.touch(db(), sessionId("1"), NOW)).toBe(false);
  });
});
