import { venueOrderId } from "@trenddojo/brokers/domain";
import { expect, test } from "vitest";
import { describeEachDriver } from "../testing/describeEachDriver.ts";
import { BRACKET_ENTRY, createIds, newLeg, NOW, seedAccount, seedOrder } from "../testing/fixtures.ts";
import * as orders from "./orders.ts";
import * as tradingStates from "./tradingStates.ts";

await describeEachDriver("orders of one transaction", (db) => {
  const ids = createIds();

  test("[DB142] of claims made together each is judged by itself, a group with its legs", async () => {
    const account = await seedAccount(db(), ids);
    const other = await seedAccount(db(), ids);
    const halted = await seedAccount(db(), ids);
    const halt = { userId: halted.userId, state: "HALTED", reason: "test", changedAt: NOW, changedBy: null } as const;
    await tradingStates.set(db(), halt);
    const good = await seedOrder(db(), account, ids);
    const late = await seedOrder(db(), account, ids, { validUntil: NOW });
    const denied = await seedOrder(db(), other, ids, { state: "DENIED" });
    const stopped = await seedOrder(db(), halted, ids);
    const leader = await seedOrder(db(), other, ids, BRACKET_ENTRY);
    const leg = await seedOrder(db(), other, ids, newLeg(leader, other, ids));
    const asked = [good, late, denied, stopped, leader, leg].map(({ id: orderId }, index) => ({
      orderId,
      now: NOW + index,
      epoch: 7 + index,
    }));
    const claimed = await db().transaction((tx) => Promise.all(asked.map((each) => orders.claimForSending(tx, each))));
    const sending = (row: orders.OrderRow, index: number) =>
      expect.objectContaining({
        id: row.id,
        state: "SENDING",
        attempt: 1,
        ownerEpoch: 7 + index,
        updatedAt: NOW + index,
      });
    expect(claimed).toEqual([
      { order: sending(good, 0), legs: [] },
      null,
      null,
      null,
      { order: sending(leader, 4), legs: [sending(leg, 4)] },
      null,
    ]);
  });

  test("[DB142] orders moved together are moved each as it is asked, and none twice at once", async () => {
    const account = await seedAccount(db(), ids);
    const rows = [
      await seedOrder(db(), account, ids),
      await seedOrder(db(), account, ids),
      await seedOrder(db(), account, ids),
    ];
    for (const { id: orderId } of rows)
      await db().transaction((tx) => orders.claimForSending(tx, { orderId, now: NOW, epoch: 7 }));
    const [first, second, third] = rows.map(({ id }) => id);
    if (first === undefined || second === undefined || third === undefined) throw new Error("three were seeded");
    const asked = [
      {
        orderId: first,
        from: "SENDING",
        to: "WORKING",
        now: NOW + 1,
        changes: { venueOrderId: venueOrderId(ids("v")) },
      },
      { orderId: second, from: "SENDING", to: "REJECTED", now: NOW + 2, changes: { reason: null } },
      { orderId: third, from: "INTENT", to: "EXPIRED_UNSENT", now: NOW + 3 },
    ] as const;
    const moved = await db().transaction((tx) => Promise.all(asked.map((each) => orders.applyTransition(tx, each))));
    expect(moved).toMatchObject([
      { id: first, state: "WORKING", venueOrderId: asked[0].changes.venueOrderId, updatedAt: NOW + 1 },
      { id: second, state: "REJECTED", updatedAt: NOW + 2 },
      null,
    ]);
    const twice = { orderId: third, from: "SENDING", to: "UNKNOWN", now: NOW } as const;
    const work = db().transaction((tx) =>
      Promise.all([orders.applyTransition(tx, twice), orders.applyTransition(tx, twice)]),
    );
    await expect(work).rejects.toThrow("moved twice at once");
    expect(await orders.find(db(), account.userId, third)).toMatchObject({ state: "SENDING" });
  });

  test("[DB142] an account's pace counts none that came to the ends that do not count", async () => {
    const account = await seedAccount(db(), ids);
    await seedOrder(db(), account, ids);
    await seedOrder(db(), account, ids, { state: "DENIED" });
    const asked = { userId: account.userId, accountId: account.id, since: NOW };
    const createdSince = (changes: object) =>
      orders.listCreatedSince(db(), { ...asked, symbol: "AAPL", ...changes }).then((rows) => rows.length);
    expect(await createdSince({})).toBe(2);
    expect(await createdSince({ since: NOW + 1 })).toBe(0);
    expect(await createdSince({ symbol: "MSFT" })).toBe(0);
    const pace = { count: 1, oldestAt: NOW };
    expect(await orders.paceSince(db(), { ...asked, without: ["DENIED"] })).toEqual(pace);
    expect(await orders.paceSince(db(), { ...asked, since: NOW + 1, without: [] })).toEqual({
      count: 0,
      oldestAt: null,
    });
  });

  test("[DB142] what is read together is of the account that asks, from its own instant on", async () => {
    const accounts = [await seedAccount(db(), ids), await seedAccount(db(), ids)];
    const [a, b] = accounts;
    if (a === undefined || b === undefined) throw new Error("two were seeded");
    const early = await seedOrder(db(), a, ids);
    const later = await seedOrder(db(), a, ids, { createdAt: NOW + 10 });
    const others = await seedOrder(db(), b, ids, { createdAt: NOW + 5, idempotencyKey: early.idempotencyKey });
    const query = ({ userId, id: accountId }: typeof a, since: number) => ({ userId, accountId, since });
    const [listed, paces, known] = await db().transaction((tx) =>
      Promise.all([
        Promise.all([
          orders.listCreatedSince(tx, { ...query(a, NOW + 6), symbol: "AAPL" }),
          orders.listCreatedSince(tx, { ...query(b, NOW), symbol: "AAPL" }),
        ]),
        Promise.all([
          orders.paceSince(tx, { ...query(a, NOW), without: [] }),
          orders.paceSince(tx, { ...query(b, NOW + 6), without: [] }),
        ]),
        Promise.all([a, b].map(({ userId }) => orders.findByIdempotencyKey(tx, userId, early.idempotencyKey ?? ""))),
      ]),
    );
    expect(listed).toEqual([[later], [others]]);
    expect(paces).toEqual([
      { count: 2, oldestAt: NOW },
      { count: 0, oldestAt: null },
    ]);
    expect(known).toEqual([early, others]);
  });
});
