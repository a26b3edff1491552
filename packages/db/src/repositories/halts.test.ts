import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import type { Tx } from "../Db.ts";
import { classifyDriverError } from "../driverError.ts";
import { describeEachDriver } from "../testing/describeEachDriver.ts";
import { createIds, failureOf, NOW, seedAccount, seedOrder } from "../testing/fixtures.ts";
import * as halts from "./halts.ts";
import * as orders from "./orders.ts";
import * as tradingStates from "./tradingStates.ts";

await describeEachDriver("halts", (db) => {
  const ids = createIds();
  const newHalt = (userId: halts.HaltRow["userId"]): halts.NewHalt => ({
    id: ids("halt"),
    userId,
    requestedAt: NOW,
    requestedBy: null,
    source: "cli",
    reason: "a test",
  });

  test("[DB90] one halt of a user lasts at a time, and ends once", async () => {
    const { userId } = await seedAccount(db(), ids);
    expect(await halts.findCurrent(db(), userId)).toBeNull();
    const halt = await db().transaction((tx) => halts.insert(tx, newHalt(userId)));
    const second = db().transaction((tx) => halts.insert(tx, newHalt(userId)));
    expect(await failureOf(second, classifyDriverError)).toMatchObject({ kind: "unique" });
    expect(await halts.findCurrent(db(), userId)).toEqual(halt);
    expect(await halts.listCurrent(db())).toContainEqual(halt);
    const end = () => db().transaction((tx) => halts.end(tx, halt.id, NOW + 1, userId));
    expect(await end()).toBe(true);
    expect(await end()).toBe(false);
    expect(await halts.findCurrent(db(), userId)).toBeNull();
    await db().transaction((tx) => halts.insert(tx, newHalt(userId)));
  });

  test("[DB91] a step is one a connection, counts its attempts, and stays as it was when its halt has ended", async () => {
    const { userId, connectionId } = await seedAccount(db(), ids);
    const halt = await db().transaction((tx) => halts.insert(tx, newHalt(userId)));
    const step = { haltId: halt.id, connectionId, openOrders: 3, at: NOW };
    expect(await db().transaction((tx) => halts.insertStep(tx, step))).toMatchObject({
      state: "requested",
      attempts: 0,
    });
    expect(await db().transaction((tx) => halts.insertStep(tx, step))).toBeNull();
    const change = (look: Pick<halts.HaltStepChange, "state" | "remaining" | "error">, at: number) =>
      db().transaction((tx) => halts.changeStep(tx, { haltId: halt.id, connectionId, at, ...look }));
    const open = await change({ state: "unconfirmed", remaining: 2, error: "2 are open" }, NOW + 1);
    expect(open).toMatchObject({
      before: { state: "requested" },
      after: { attempts: 1, remaining: 2, confirmedAt: null },
    });
    const done = await change({ state: "confirmed", remaining: 0, error: null }, NOW + 2);
    expect(done?.after).toMatchObject({ attempts: 2, openOrders: 3, error: null, confirmedAt: NOW + 2 });
    await db().transaction((tx) => halts.end(tx, halt.id, NOW + 3, null));
    expect(await change({ state: "failed", remaining: null, error: "late" }, NOW + 4)).toBeNull();
    expect(await halts.listSteps(db(), halt.id)).toEqual([done?.after]);
  });

  test("[DB92] a halt commits after the claims under way, and before every other", async () => {
    const account = await seedAccount(db(), ids);
    const { userId } = account;
    const halt = () =>
      db().transaction(async (tx) => {
        await tradingStates.lock(tx, userId);
        await tradingStates.set(tx, { userId, state: "HALTED", reason: null, changedAt: NOW, changedBy: null });
      });
    const claim = (tx: Tx, { id: orderId }: orders.OrderRow) =>
      orders.claimForSending(tx, { orderId, now: NOW, epoch: 1 });
    const [first, second] = [await seedOrder(db(), account, ids), await seedOrder(db(), account, ids)];
    // A second connection is open by then, where there may be one.
    await Promise.all([1, 2].map(() => db().execute(sql`select pg_sleep(0.05)`)));
    let halting: Promise<void> | undefined;
    await db().transaction(async (tx) => {
      expect(await claim(tx, first)).not.toBeNull();
      halting = halt();
      // Time enough for it to commit, were it not held up.
      await tx.execute(sql`select pg_sleep(0.5)`);
      expect(await tradingStates.get(tx, userId)).toBe("ACTIVE");
    });
    await halting;
    expect(await db().transaction((tx) => claim(tx, second))).toBeNull();
    expect(await orders.listByState(db(), ["SENDING"], account.id)).toHaveLength(1);
    expect(await orders.countOpen(db(), account.id)).toBe(2);
  });
});
