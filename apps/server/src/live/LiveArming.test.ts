import { FakeClock } from "@trenddojo/brokers/testing";
import { accountId, userId } from "@trenddojo/brokers/domain";
import { audit, users } from "@trenddojo/db";
import { createTestStore } from "@trenddojo/db/testing";
import { expect, it } from "vitest";
import { AuditLog, chains } from "../audit/AuditLog.ts";
import { createLogger } from "../createLogger.ts";
import { InProcessTickBus, subjects } from "../streams/TickBus.ts";
import { ARMED_MS, IDLE_MS, LiveArming } from "./LiveArming.ts";

const ADA = userId("ada");
const ACTOR = { user: { id: ADA, username: "ada", role: "trader", createdAt: 1 }, sessionId: "s1" } as const;
const ACCOUNT = { id: accountId("a1"), userId: ADA, mode: "live", venueAccountId: "U123" } as const;

async function createKit() {
  const store = await createTestStore();
  const clock = new FakeClock();
  const bus = new InProcessTickBus();
  const ada = { id: ADA, username: "ada", passwordHash: "x", role: "trader", createdAt: 1 } as const;
  await store.db.transaction((tx) => users.insert(tx, ada));
  const live = new LiveArming({ clock, db: store.db, audit: new AuditLog(clock), bus, log: createLogger("silent") });
  let told = 0;
  bus.subscribe(subjects.liveArming(ADA), () => (told += 1));
  return {
    live,
    db: store.db,
    clock,
    told: () => told,
    /** What the log says, oldest first; what is under way is waited for, and nothing is armed after it. */
    ended: async () => {
      await live[Symbol.asyncDispose]();
      const rows = await audit.rowsAfter(store.db, chains.account(ACCOUNT.id), 0, 100);
      return rows.map(({ action, details }) => details["reason"] ?? action);
    },
    [Symbol.asyncDispose]: async () => {
      await live[Symbol.asyncDispose]();
      await store[Symbol.asyncDispose]();
    },
  };
}

it("[SV354] what is over disarms, and is told and written down, though nobody asks", async () => {
  await using kit = await createKit();
  await kit.live.arm(ACTOR, ACCOUNT);
  expect(kit.told()).toBe(1);
  await kit.clock.advance(IDLE_MS - 1);
  expect(kit.told()).toBe(1);
  await kit.clock.advance(1);
  expect(kit.told()).toBe(2);
  expect(kit.live.mayTrade(ACCOUNT)).toBe(false);
  expect(await kit.ended()).toEqual(["live.armed", "idle"]);
});

it("[SV354] orders put off the one end, and not the other", async () => {
  await using kit = await createKit();
  await kit.live.arm(ACTOR, ACCOUNT);
  for (let elapsedMs = 0; elapsedMs < ARMED_MS - IDLE_MS; elapsedMs += IDLE_MS / 2) {
    await kit.clock.advance(IDLE_MS / 2);
    kit.live.touch(ACCOUNT);
    expect(kit.live.mayTrade(ACCOUNT)).toBe(true);
  }
  await kit.clock.advance(IDLE_MS - 1);
  kit.live.touch(ACCOUNT);
  expect(kit.live.mayTrade(ACCOUNT)).toBe(true);
  await kit.clock.advance(1);
  expect(await kit.ended()).toEqual(["live.armed", "time"]);
});

it("[SV554] disarming stops orders at once, also where its row cannot be written; arming does not arm", async () => {
  await using kit = await createKit();
  await kit.live.arm(ACTOR, ACCOUNT);
  await kit.db.execute("alter table audit_log add constraint full_log check (false) not valid");
  kit.live.disarm(ACCOUNT.id, "person", ADA);
  expect(kit.live.mayTrade(ACCOUNT)).toBe(false);
  expect(kit.told()).toBe(2);
  await expect(kit.live.arm(ACTOR, ACCOUNT)).rejects.toThrow("audit_log");
  expect(kit.live.mayTrade(ACCOUNT)).toBe(false);
  expect(await kit.ended()).toEqual(["live.armed"]);
});

it("[SV354] a wall clock that is set back gives it no more time", async () => {
  await using kit = await createKit();
  await kit.live.arm(ACTOR, ACCOUNT);
  kit.clock.setWallTime(kit.clock.now() - 86_400_000);
  await kit.clock.advance(IDLE_MS);
  expect(kit.live.mayTrade(ACCOUNT)).toBe(false);
});

it("[SV354] other money needs no arming, and another session's end disarms nothing", async () => {
  await using kit = await createKit();
  expect(kit.live.mayTrade({ ...ACCOUNT, mode: "paper" })).toBe(true);
  expect(kit.live.issuesOf(ACTOR, { ...ACCOUNT, mode: "mock" })).toEqual([]);
  await kit.live.arm(ACTOR, ACCOUNT);
  kit.live.disarmSession("s2");
  expect(kit.live.mayTrade(ACCOUNT)).toBe(true);
  kit.live.disarmSession("s1");
  expect(kit.live.mayTrade(ACCOUNT)).toBe(false);
  expect(await kit.ended()).toEqual(["live.armed", "session"]);
});
