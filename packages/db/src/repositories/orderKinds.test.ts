import { clientOrderId, money, orderId, price, quantity, venueOrderId } from "@trenddojo/brokers/domain";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { classifyDriverError } from "../driverError.ts";
import { describeEachDriver } from "../testing/describeEachDriver.ts";
import { BRACKET_ENTRY, createIds, failureOf, newLeg, NOW, seedAccount, seedOrder } from "../testing/fixtures.ts";
import type { AccountRow } from "./accounts.ts";
import * as orders from "./orders.ts";
import * as tradingStates from "./tradingStates.ts";

await describeEachDriver("orders of every kind", (db) => {
  const ids = createIds();
  const insert = (intent: orders.NewIntent) => db().transaction((tx) => orders.insertIntent(tx, intent));
  const failure = (work: Promise<unknown>) => failureOf(work, classifyDriverError);
  const claim = (order: orders.OrderRow, now = NOW) =>
    db().transaction((tx) => orders.claimForSending(tx, { orderId: order.id, now, epoch: 7 }));

  /** A bracket that was just stored. */
  async function seedBracket(account: AccountRow, changes: Partial<orders.NewIntent> = {}) {
    const entry = await seedOrder(db(), account, ids, { ...BRACKET_ENTRY, ...changes });
    const profit = await insert(newLeg(entry, account, ids, { createdAt: NOW + 1 }));
    const stop = await insert(
      newLeg(entry, account, ids, {
        groupRole: "stop_loss",
        type: "stop",
        price: null,
        stopPrice: price("180"),
        createdAt: NOW + 2,
      }),
    );
    return { entry, profit, stop };
  }

  test("[DB19] a trailing stop, an amount of money and an end read back as written", async () => {
    const account = await seedAccount(db(), ids);
    const trailing = { type: "stop", price: null, trailBy: "percent", trailValue: price("1.5") } as const;
    const rows = [
      await seedOrder(db(), account, ids, trailing),
      await seedOrder(db(), account, ids, { type: "market", price: null, notional: money("500.25") }),
      await seedOrder(db(), account, ids, {
        type: "market",
        price: null,
        notional: money("500"),
        quantity: quantity("0"),
      }),
      await seedOrder(db(), account, ids, { timeInForce: "gtc", expiresAt: NOW + 1 }),
    ];
    expect(rows).toMatchObject([
      { trailBy: "percent", trailValue: "1.5", stopPrice: null },
      { notional: "500.25", quantity: "100" },
      { notional: "500", quantity: "0" },
      { expiresAt: NOW + 1 },
    ]);
    for (const row of rows) expect(await orders.find(db(), account.userId, row.id)).toEqual(row);
  });

  test("[DB19] terms of one kind are refused on an order of another", async () => {
    const account = await seedAccount(db(), ids);
    const rows: readonly (readonly [string, Partial<orders.NewIntent>])[] = [
      ["orders_trailing_check", { trailBy: "amount", trailValue: price("1") }],
      ["orders_trailing_check", { type: "stop", price: null, stopPrice: price("1"), trailBy: "amount" }],
      ["orders_trailing_check", { type: "stop", price: null, trailBy: "amount", trailValue: price("0") }],
      ["orders_price_check", { type: "stop", price: null }],
      ["orders_price_check", { type: "market", price: null, stopPrice: price("1") }],
      ["orders_notional_check", { notional: money("500") }],
      ["orders_notional_check", { type: "market", price: null, notional: money("0") }],
      ["orders_quantity_check", { quantity: quantity("0") }],
      ["orders_expires_at_check", { expiresAt: NOW + 1 }],
      ["orders_group_check", { orderClass: "oto" }],
      ["orders_group_check", { isHeld: true }],
    ];
    for (const [constraint, changes] of rows) {
      expect(await failure(seedOrder(db(), account, ids, changes))).toEqual({ kind: "check", constraint });
    }
  });

  test("[DB19] what set a stop off is stored with it, and reads back as written", async () => {
    const account = await seedAccount(db(), ids);
    const { id } = await seedOrder(db(), account, ids, { type: "stop", price: null, stopPrice: price("180.81") });
    const triggeredBy = { rule: "PX40", text: "The print 180.80 is at or below the stop", params: { price: "180.8" } };
    const moved = { orderId: id, from: "INTENT", to: "EXPIRED_UNSENT", now: NOW, changes: { triggeredBy } } as const;
    await db().transaction((tx) => orders.applyTransition(tx, moved));
    expect(await orders.find(db(), account.userId, id)).toMatchObject({ triggeredBy });
  });

  test("[DB21] only a leg has no key of its own, and it follows a leader of its account and class, one a role", async () => {
    const account = await seedAccount(db(), ids);
    const { entry, profit } = await seedBracket(account);
    const leg = (changes: Partial<orders.NewIntent>, owner = account) =>
      failure(insert(newLeg(entry, owner, ids, { groupRole: "stop_loss", ...changes })));
    const keyless = { kind: "check", constraint: "orders_origin_identity_check" };
    expect(await failure(seedOrder(db(), account, ids, { idempotencyKey: null, requestHash: null }))).toEqual(keyless);
    expect(await leg({ idempotencyKey: "k" })).toEqual(keyless);
    expect(await leg({})).toEqual({ kind: "unique", constraint: "orders_leg_unique" });
    const misled = { kind: "guard", constraint: "orders_leg_follows_leader" };
    expect(await leg({ leaderId: profit.id })).toEqual(misled);
    expect(await leg({ orderClass: "oco" })).toEqual(misled);
    expect(await leg({ groupRole: "entry" })).toEqual(misled);
    const lone = await seedOrder(db(), account, ids, BRACKET_ENTRY);
    const elsewhere = await seedAccount(db(), ids);
    expect(await failure(insert(newLeg(lone, elsewhere, ids)))).toEqual({
      kind: "foreign_key",
      constraint: "orders_leader_fk",
    });
  });

  test("[DB21] an order keeps its kind and its place", async () => {
    const account = await seedAccount(db(), ids);
    const { entry, profit } = await seedBracket(account);
    const changes = [
      "leader_id = null",
      "order_class = 'oto'",
      "group_role = 'entry'",
      "notional = 5",
      "trail_by = 'amount'",
    ];
    for (const change of changes) {
      const update = db().execute(sql`update orders set ${sql.raw(change)} where id = ${profit.id}`);
      expect(await failure(update)).toEqual({ kind: "guard", constraint: "orders_kind_never_changes" });
    }
    expect(await orders.listGroup(db(), entry.id)).toHaveLength(3);
  });

  test("[DB22] a group is claimed whole and once; a leg never goes by itself", async () => {
    const account = await seedAccount(db(), ids);
    const { entry, profit, stop } = await seedBracket(account);
    expect(await claim(profit)).toBeNull();
    expect(await claim(entry, entry.validUntil)).toBeNull();
    const claims = await Promise.all([1, 2, 3, 4].map(() => claim(entry)));
    const won = claims.filter((each) => each !== null);
    expect(won.map(({ order, legs }) => [order.state, ...legs.map(({ id }) => id).toSorted()])).toEqual([
      ["SENDING", ...[profit.id, stop.id].toSorted()],
    ]);
    for (const row of await orders.listGroup(db(), entry.id)) {
      expect(row).toMatchObject({ state: "SENDING", attempt: 1, ownerEpoch: 7, claimedAt: NOW });
    }
  });

  test("[DB22] a halt keeps the whole group back", async () => {
    const account = await seedAccount(db(), ids);
    const { entry } = await seedBracket(account);
    const { userId } = account;
    await tradingStates.set(db(), { userId, state: "HALTED", reason: null, changedAt: NOW, changedBy: null });
    expect(await claim(entry)).toBeNull();
    const group = await orders.listGroup(db(), entry.id);
    expect(group.map(({ state }) => state)).toEqual(["INTENT", "INTENT", "INTENT"]);
  });

  test("[DB21] a leg is found by its leader and its place; a simple order has no group", async () => {
    const account = await seedAccount(db(), ids);
    const { entry, profit, stop } = await seedBracket(account);
    expect(await orders.listGroup(db(), entry.id)).toEqual([entry, profit, stop]);
    expect(await orders.findLeg(db(), entry.id, "stop_loss")).toEqual(stop);
    expect(await orders.findLeg(db(), entry.id, "entry")).toBeNull();
    expect(await orders.listGroup(db(), (await seedOrder(db(), account, ids)).id)).toEqual([]);
    expect(await db().transaction((tx) => orders.lockLegs(tx, entry.id))).toEqual([profit, stop]);
  });

  test("[DB16] an external group is stored with its places", async () => {
    const account = await seedAccount(db(), ids);
    const external = (changes: Partial<orders.NewExternalOrder>) =>
      db().transaction((tx) =>
        orders.insertExternal(tx, {
          id: orderId(ids("order")),
          userId: account.userId,
          accountId: account.id,
          mode: account.mode,
          clientOrderId: clientOrderId(ids("by-hand")),
          venueOrderId: venueOrderId(ids("venue")),
          symbol: "AAPL",
          side: "sell",
          type: "limit",
          timeInForce: "day",
          extendedHours: false,
          quantity: quantity("100"),
          price: price("190"),
          stopPrice: null,
          state: "WORKING",
          filledQuantity: quantity("0"),
          averageFillPrice: null,
          createdAt: NOW,
          at: NOW,
          ...changes,
        }),
      );
    const profit = await external({ orderClass: "oco", groupRole: "take_profit" });
    const stop = await external({ orderClass: "oco", groupRole: "stop_loss", leaderId: profit.id });
    expect((await orders.listGroup(db(), profit.id)).map(({ id }) => id)).toEqual([profit.id, stop.id]);
  });
});
