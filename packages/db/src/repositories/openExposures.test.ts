import { orderId, quantity, venueOrderId } from "@trenddojo/brokers/domain";
import { expect, test } from "vitest";
import { describeEachDriver } from "../testing/describeEachDriver.ts";
import { BRACKET_ENTRY, createIds, newLeg, NOW, seedAccount, seedOrder } from "../testing/fixtures.ts";
import * as openExposures from "./openExposures.ts";
import * as orders from "./orders.ts";

await describeEachDriver("what open orders come to", (db) => {
  const ids = createIds();

  test("[DB95] open orders are summed by symbol and side, but for those that count each by itself", async () => {
    const account = await seedAccount(db(), ids);
    const seed = async (changes: Partial<orders.NewIntent>, to: "WORKING" | "UNKNOWN" | "FILLED", filled: string) => {
      const order = await seedOrder(db(), account, ids, changes);
      await db().transaction(async (tx) => {
        await orders.claimForSending(tx, { orderId: order.id, now: NOW, epoch: 1 });
        const move = { orderId: order.id, from: "SENDING", to, now: NOW } as const;
        const venue = to === "UNKNOWN" ? {} : { venueOrderId: venueOrderId(ids("venue")) };
        await orders.applyTransition(tx, { ...move, changes: { ...venue, filledQuantity: quantity(filled) } });
      });
      return order;
    };
    await seed({}, "WORKING", "40.5");
    // More than was asked for takes nothing off the others.
    await seed({ type: "market", price: null }, "WORKING", "101");
    await seed({ symbol: "MSFT", side: "sell", type: "market", price: null, referencePrice: null }, "WORKING", "0");
    await seed({}, "FILLED", "100");
    await seedOrder(db(), account, ids, { state: "DENIED" });
    const none = { orderId: null, groupId: null, role: null, isHeld: false, isUnknown: false, isSeen: true };
    const summed = [
      { ...none, symbol: "AAPL", side: "buy", remaining: "59.5", price: "187.5" },
      { ...none, symbol: "MSFT", side: "sell", remaining: "100", price: null },
    ];
    expect(sorted(await openExposures.list(db(), account.id))).toEqual(summed);

    const unknown = await seed({}, "UNKNOWN", "0");
    const intent = await seedOrder(db(), account, ids);
    const mine = { ...none, symbol: "AAPL", side: "buy", remaining: "100", price: "187.5", isSeen: false };
    const apart = [
      { ...mine, orderId: unknown.id, isUnknown: true },
      { ...mine, orderId: intent.id },
    ];
    expect(sorted(await openExposures.list(db(), account.id))).toEqual(sorted([...summed, ...apart]));
    expect(await openExposures.list(db(), (await seedAccount(db(), ids)).id)).toEqual([]);
  });

  test("[DB95] of a group the entry is summed, and all of it is told apart where it is being changed", async () => {
    const account = await seedAccount(db(), ids);
    const entry = await seedOrder(db(), account, ids, BRACKET_ENTRY);
    await db().transaction((tx) => orders.insertIntent(tx, newLeg(entry, account, ids)));
    await db().transaction(async (tx) => {
      const claimed = await orders.claimForSending(tx, { orderId: entry.id, now: NOW, epoch: 1 });
      for (const { id } of [entry, ...(claimed?.legs ?? [])]) {
        const changes = { venueOrderId: venueOrderId(ids("venue")) };
        await orders.applyTransition(tx, { orderId: id, from: "SENDING", to: "WORKING", now: NOW, changes });
      }
    });
    expect(await openExposures.list(db(), account.id)).toMatchObject([{ orderId: null, role: null, remaining: "100" }]);
    const apart = await openExposures.list(db(), account.id, entry.id);
    expect(
      apart.map(({ role, isHeld, groupId }) => `${role ?? ""} ${isHeld} ${groupId === entry.id}`).toSorted(),
    ).toEqual(["entry false true", "take_profit true true"]);
    expect(await openExposures.list(db(), account.id, orderId("nobody's"))).toHaveLength(1);
  });

  function sorted<Row extends object>(rows: readonly Row[]): Row[] {
    return rows.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  }
});
