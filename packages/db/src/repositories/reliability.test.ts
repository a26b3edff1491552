import { money, quantity } from "@trenddojo/brokers/domain";
import { expect, test } from "vitest";
import { classifyDriverError } from "../driverError.ts";
import { describeEachDriver } from "../testing/describeEachDriver.ts";
import { createIds, failureOf, newFill, NOW, seedAccount, seedOrder, seedUser } from "../testing/fixtures.ts";
import * as accounts from "./accounts.ts";
import * as alerts from "./alerts.ts";
import * as alertWebhooks from "./alertWebhooks.ts";
import * as drifts from "./drifts.ts";
import * as fills from "./fills.ts";
import * as holdings from "./holdings.ts";
import * as orders from "./orders.ts";

await describeEachDriver("alerts, differences and what an account holds", (db) => {
  const ids = createIds();

  test("[DB96] one alert of a kind and subject lasts at a time, for its user, and may come again", async () => {
    const user = await seedUser(db(), ids("user"));
    const other = await seedUser(db(), ids("user"));
    const key = { userId: user.id, kind: "connection_down", subject: "c1" } as const;
    const alert = { ...key, severity: "critical", connectionId: null, message: "down", raisedAt: NOW } as const;
    const raise = (changes: Partial<alerts.NewAlert> = {}) =>
      db().transaction((tx) => alerts.raise(tx, { ...alert, ...changes }));
    const apart = [raise({ userId: other.id }), raise({ kind: "feed_mute" }), raise({ subject: "c2" })];
    const raised = await Promise.all([raise(), raise(), ...apart]);
    expect(raised.filter((row) => row !== null)).toHaveLength(4);
    const recover = () => db().transaction((tx) => alerts.recover(tx, key, NOW + 5));
    expect(await recover()).toMatchObject({ kind: "connection_down", recoveredAt: NOW + 5 });
    expect(await recover()).toBeNull();
    expect(await raise({ raisedAt: NOW + 9 })).not.toBeNull();
    const current = (await alerts.listCurrent(db(), user.id, 10)).map((row) => [row.raisedAt, row.recoveredAt]);
    expect(current).toHaveLength(4);
    expect(current).toEqual(
      expect.arrayContaining([
        [NOW, NOW + 5],
        [NOW + 9, null],
      ]),
    );
    expect(current.filter(([raisedAt, recoveredAt]) => raisedAt === NOW && recoveredAt === null)).toHaveLength(2);
    expect(await alerts.listChangedSince(db(), user.id, NOW + 5)).toHaveLength(2);
  });

  test("[DB96] what was seen and is over is current no more; another's is not found", async () => {
    const user = await seedUser(db(), ids("user"));
    const other = await seedUser(db(), ids("user"));
    const alert = { userId: user.id, kind: "late_fill", subject: "o1", severity: "warning" } as const;
    const row = await db().transaction((tx) =>
      alerts.raise(tx, { ...alert, connectionId: null, message: "late", raisedAt: NOW }),
    );
    const seen = (userId: typeof user.id, endsIt = true) =>
      db().transaction((tx) => alerts.acknowledge(tx, { userId, id: row?.id ?? "", at: NOW + 1 }, () => endsIt));
    expect(await seen(other.id)).toBeNull();
    expect(await seen(user.id)).toMatchObject({ acknowledgedAt: NOW + 1, recoveredAt: NOW + 1 });
    expect(await seen(user.id)).toMatchObject({ acknowledgedAt: NOW + 1 });
    expect(await alerts.listCurrent(db(), user.id, 10)).toEqual([]);
    const { alerts: all, nextCursor } = await alerts.page(db(), { userId: user.id, filter: "all", limit: 1 });
    expect([all.length, nextCursor]).toEqual([1, null]);
    expect((await alerts.page(db(), { userId: user.id, filter: "open", limit: 1 })).alerts).toEqual([]);
  });

  test("[DB97] an open difference is one row that counts; it ends once, and may open again", async () => {
    const { id: accountId, mode } = await seedAccount(db(), ids);
    const facts = { accountId, mode, kind: "position", subject: "AAPL", symbol: "AAPL", action: "asked" } as const;
    const drift = { ...facts, here: "0", there: "7", cause: "c", evidence: { offset: "7", turn: 2 } };
    const see = (at: number, there = "7") =>
      db().transaction((tx) => drifts.seeOpen(tx, { ...drift, id: ids("drift"), there }, at));
    const first = await see(NOW);
    expect(await see(NOW + 1, "8")).toMatchObject({
      id: first.id,
      timesSeen: 2,
      foundAt: NOW,
      seenAt: NOW + 1,
      there: "8",
    });
    expect(await drifts.countOpen(db(), [accountId])).toEqual(new Map([[accountId, 1]]));
    const end = { at: NOW + 2, by: null, note: "agrees" };
    const resolve = () => db().transaction((tx) => drifts.resolve(tx, facts, end));
    expect(await resolve()).toMatchObject({ id: first.id, resolvedAt: NOW + 2, note: "agrees" });
    expect(await resolve()).toBeNull();
    expect((await see(NOW + 3)).id).not.toBe(first.id);
    expect(await drifts.find(db(), [], first.id)).toBeNull();
    expect(await drifts.find(db(), [accountId], first.id)).toMatchObject({ id: first.id });
    const guarded = db().transaction((tx) => tx.execute("update drifts set subject = 'MSFT' where subject = 'AAPL'"));
    expect(await failureOf(guarded, classifyDriverError)).toMatchObject({ kind: "guard" });
  });

  test("[DB97] what was agreed last has the highest turn, whatever the clock says; pages show each row once", async () => {
    const { id: accountId, mode } = await seedAccount(db(), ids);
    for (const turn of [1, 3, 2]) {
      const facts = { accountId, mode, kind: "position", subject: "AAPL", symbol: "AAPL", action: "booked" } as const;
      const evidence = { offset: String(turn), turn };
      const drift = { ...facts, id: ids("drift"), here: "", there: "", cause: "", evidence };
      await db().transaction((tx) => drifts.insertResolved(tx, drift, NOW));
    }
    expect((await drifts.lastAgreed(db(), accountId, "position")).map(({ evidence }) => evidence["turn"])).toEqual([3]);
    const query = { accounts: [accountId], filter: "resolved", limit: 2 } as const;
    const first = await drifts.page(db(), query);
    const rest = await drifts.page(db(), { ...query, cursor: first.nextCursor ?? "" });
    expect(new Set([...first.drifts, ...rest.drifts].map(({ id }) => id)).size).toBe(3);
    expect(rest.nextCursor).toBeNull();
    expect((await drifts.page(db(), { ...query, filter: "open" })).drifts).toEqual([]);
  });

  test("[DB98] a webhook is replaced by its next version only, and a result is written to the one it is of", async () => {
    const user = await seedUser(db(), ids("user"));
    const row = { userId: user.id, host: "h", envelope: "e1", rowVersion: 1, updatedAt: NOW };
    const first = { ...row, lastDeliveredAt: NOW, lastError: null };
    const put = (webhook: typeof first, replaces: number | null) =>
      db().transaction((tx) => alertWebhooks.put(tx, webhook, replaces));
    expect([await put(first, null), await put(first, null), await put(first, 7)]).toEqual([true, false, false]);
    expect(await put({ ...first, envelope: "e2", rowVersion: 2 }, 1)).toBe(true);
    await alertWebhooks.setResult(db(), first, { lastError: "of the old one" });
    expect(await alertWebhooks.find(db(), user.id)).toMatchObject({ envelope: "e2", lastError: null });
    expect(await db().transaction((tx) => alertWebhooks.remove(tx, user.id))).toMatchObject({ envelope: "e2" });
    expect(await alertWebhooks.find(db(), user.id)).toBeNull();
  });

  test("[DB99] what the executions add up to is exact, by symbol, with fees", async () => {
    const account = await seedAccount(db(), ids);
    const other = await seedAccount(db(), ids);
    expect(await holdings.earnedCash(db(), account.id)).toBe("0");
    const trade = async (side: "buy" | "sell", shares: string, symbol = "AAPL", of = account) => {
      const order = await seedOrder(db(), of, ids, { side, symbol });
      await db().transaction(async (tx) => {
        await orders.claimForSending(tx, { orderId: order.id, now: NOW, epoch: 1 });
        const changes = { filledQuantity: quantity(shares), sentAt: NOW, acknowledgedAt: NOW + 7 };
        const move = { orderId: order.id, from: "SENDING", to: "PARTIALLY_FILLED", now: NOW } as const;
        await orders.applyTransition(tx, { ...move, changes });
        await fills.insert(tx, newFill(order, ids, { side, symbol, quantity: quantity(shares), fees: money("0.01") }));
      });
    };
    await trade("buy", "40");
    await trade("sell", "15.5");
    await trade("sell", "3", "MSFT");
    await trade("buy", "9", "AAPL", other);
    expect(await holdings.boughtShares(db(), account.id)).toEqual(
      new Map([
        ["AAPL", "24.5"],
        ["MSFT", "-3"],
      ]),
    );
    // 187.51 × (15.5 + 3 − 40) less three fees.
    expect(await holdings.earnedCash(db(), account.id)).toBe("-4031.495");
    expect(await holdings.answerTimes(db(), account, 2)).toEqual([7, 7]);
    expect(await holdings.lastHeardAt(db(), account.id, NOW + 1)).toBe(NOW);
    expect(await holdings.lastHeardAt(db(), account.id, NOW)).toBeNull();
    const both = await accounts.listByConnections(db(), [account.connectionId, other.connectionId]);
    expect(both.map(({ id }) => id).toSorted()).toEqual([account.id, other.id].toSorted());
  });
});
