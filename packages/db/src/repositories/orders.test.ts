import {
  clientOrderId,
  MODES,
  money,
  ORDER_STATES,
  price,
  quantity,
  venueOrderId,
  type OrderState,
} from "@trenddojo/brokers/domain";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { classifyDriverError } from "../driverError.ts";
import { describeEachDriver } from "../testing/describeEachDriver.ts";
import {
  CLIENT_ID_PREFIX,
  createIds,
  failureOf,
  newFill,
  newIntent,
  NOW,
  seedAccount,
  seedOrder,
} from "../testing/fixtures.ts";
import * as accounts from "./accounts.ts";
import * as fills from "./fills.ts";
import * as orders from "./orders.ts";
import * as tradingStates from "./tradingStates.ts";

await describeEachDriver("orders and fills", (db) => {
  const ids = createIds();
  const claimGroup = (order: orders.OrderRow, now = NOW) =>
    db().transaction((tx) => orders.claimForSending(tx, { orderId: order.id, now, epoch: 7 }));
  const claim = async (order: orders.OrderRow, now = NOW) => (await claimGroup(order, now))?.order ?? null;
  const move = (order: orders.OrderRow, from: OrderState, to: OrderState, changes: orders.OrderChanges = {}) =>
    db().transaction((tx) => orders.applyTransition(tx, { orderId: order.id, from, to, now: NOW + 100, changes }));

  test("[DB10] an intent reads back as it was written, amounts exact", async () => {
    const account = await seedAccount(db(), ids);
    const intent = newIntent(account, ids, {
      quantity: quantity("0.000000001"),
      price: price("123456789012345678.000000001"),
      type: "stop_limit",
      stopPrice: price("0.0001"),
      reason: { code: "RISK", message: "why", params: { limit: "10", orders: 3 } },
      why: { rule: "RK5", text: "why", params: { limit: "10", orders: 3 } },
      timeInForce: "gtc",
      expiresAt: NOW + 86_400_000,
    });
    const row = await db().transaction((tx) => orders.insertIntent(tx, intent));
    expect(row).toEqual({
      ...intent,
      revision: 0,
      origin: "desk",
      venueOrderId: null,
      triggeredBy: null,
      filledQuantity: "0",
      averageFillPrice: null,
      attempt: 0,
      ownerEpoch: null,
      claimedAt: null,
      sentAt: null,
      acknowledgedAt: null,
      updatedAt: NOW,
    });
    expect(await orders.find(db(), account.userId, row.id)).toEqual(row);
    expect(await orders.findByIdempotencyKey(db(), account.userId, intent.idempotencyKey ?? "")).toEqual(row);
    expect(await orders.findByClientOrderId(db(), account.id, intent.clientOrderId)).toEqual(row);
  });

  test("[DB10] an idempotency key is used once by a user, a client order id once in an account", async () => {
    const account = await seedAccount(db(), ids);
    const first = newIntent(account, ids);
    await db().transaction((tx) => orders.insertIntent(tx, first));
    const insert = (changes: Partial<orders.NewIntent>) =>
      failureOf(seedOrder(db(), account, ids, changes), classifyDriverError);
    expect(await insert({ idempotencyKey: first.idempotencyKey })).toEqual({
      kind: "unique",
      constraint: "orders_idempotency_key_unique",
    });
    expect(await insert({ clientOrderId: first.clientOrderId })).toEqual({
      kind: "unique",
      constraint: "orders_client_order_id_unique",
    });
    const other = await seedAccount(db(), ids);
    await seedOrder(db(), other, ids, { idempotencyKey: first.idempotencyKey });
  });

  test("[DB11] the client order id's prefix must be that of the order's mode", async () => {
    for (const mode of MODES) {
      const account = await seedAccount(db(), ids, { mode });
      await seedOrder(db(), account, ids, { clientOrderId: clientOrderId(`${CLIENT_ID_PREFIX[mode]}${ids("id")}`) });
      const others = Object.values(CLIENT_ID_PREFIX).filter((prefix) => prefix !== CLIENT_ID_PREFIX[mode]);
      for (const prefix of [...others, "x", "tdX-"]) {
        const work = seedOrder(db(), account, ids, { clientOrderId: clientOrderId(`${prefix}${ids("id")}`) });
        expect(await failureOf(work, classifyDriverError)).toEqual({
          kind: "check",
          constraint: "orders_client_order_id_check",
        });
      }
    }
  });

  test("[DB11] an order is of its account's mode and user", async () => {
    const account = await seedAccount(db(), ids);
    const stranger = await seedAccount(db(), ids);
    for (const changed of [
      { ...account, mode: "live" },
      { ...account, userId: stranger.userId },
    ] as const) {
      expect(await failureOf(seedOrder(db(), changed, ids), classifyDriverError)).toEqual({
        kind: "foreign_key",
        constraint: "orders_account_fk",
      });
    }
  });

  test("[DB12] of many claims one wins, and only an intent that is still valid", async () => {
    const account = await seedAccount(db(), ids);
    const order = await seedOrder(db(), account, ids);
    const claims = await Promise.all([1, 2, 3, 4, 5].map(() => claim(order)));
    expect(claims.filter((row) => row !== null)).toEqual([
      { ...order, revision: 1, state: "SENDING", attempt: 1, ownerEpoch: 7, claimedAt: NOW, updatedAt: NOW },
    ]);
    const late = await seedOrder(db(), account, ids);
    expect(await claim(late, late.validUntil)).toBeNull();
    expect(await claim(late, late.validUntil - 1)).not.toBeNull();
    const denied = await seedOrder(db(), account, ids, { state: "DENIED" });
    expect(await claim(denied)).toBeNull();
  });

  test("[DB12] HALTED lets no order go, REDUCING only those that reduce", async () => {
    const account = await seedAccount(db(), ids);
    const opening = await seedOrder(db(), account, ids);
    const reducing = await seedOrder(db(), account, ids, { reducesRisk: true });
    const set = (state: "ACTIVE" | "REDUCING" | "HALTED") =>
      tradingStates.set(db(), {
        userId: account.userId,
        state,
        reason: "test",
        changedAt: NOW,
        changedBy: account.userId,
      });
    await set("HALTED");
    expect(await claim(opening)).toBeNull();
    expect(await claim(reducing)).toBeNull();
    await set("REDUCING");
    expect(await claim(opening)).toBeNull();
    expect((await claim(reducing))?.state).toBe("SENDING");
    await set("ACTIVE");
    expect((await claim(opening))?.state).toBe("SENDING");
    expect(await tradingStates.get(db(), account.userId)).toBe("ACTIVE");
  });

  test("[DB12] a halt under way and a claim under way wait for each other", async () => {
    const account = await seedAccount(db(), ids);
    const order = await seedOrder(db(), account, ids);
    const halted: tradingStates.TradingStateRow = {
      userId: account.userId,
      state: "HALTED",
      reason: null,
      changedAt: NOW,
      changedBy: null,
    };
    const [, claimed] = await Promise.all([db().transaction((tx) => tradingStates.set(tx, halted)), claim(order)]);
    const state = (await orders.find(db(), account.userId, order.id))?.state;
    expect(state).toBe(claimed === null ? "INTENT" : "SENDING");
    expect(await claim(await seedOrder(db(), account, ids))).toBeNull();
  });

  test("[DB12] an intent that expired unsent never goes afterwards", async () => {
    const account = await seedAccount(db(), ids);
    const order = await seedOrder(db(), account, ids);
    const reason = { code: null, message: "It was not sent in time", params: {} };
    const expired = await move(order, "INTENT", "EXPIRED_UNSENT", { reason });
    expect(expired).toEqual({ ...order, revision: 1, state: "EXPIRED_UNSENT", reason, updatedAt: NOW + 100 });
    expect(await claim(order)).toBeNull();
  });

  test("[DB13] a transition happens only from the state that its caller saw", async () => {
    const account = await seedAccount(db(), ids);
    const order = await seedOrder(db(), account, ids);
    await claim(order);
    const venue = venueOrderId(ids("venue"));
    const working = await move(order, "SENDING", "WORKING", {
      venueOrderId: venue,
      sentAt: NOW + 1,
      acknowledgedAt: NOW + 2,
    });
    expect(working).toMatchObject({
      state: "WORKING",
      venueOrderId: venue,
      sentAt: NOW + 1,
      acknowledgedAt: NOW + 2,
      updatedAt: NOW + 100,
    });
    expect(await move(order, "SENDING", "UNKNOWN")).toBeNull();
    expect(await orders.findByVenueOrderId(db(), account.id, venue)).toEqual(working);
    // Of another account under the same id, and of this one under an id that is not asked for.
    for (const [owner, name] of [
      [await seedAccount(db(), ids), venue],
      [account, venueOrderId(ids("venue"))],
    ] as const) {
      const other = await seedOrder(db(), owner, ids);
      await claim(other);
      await move(other, "SENDING", "WORKING", { venueOrderId: name });
    }
    const named = await orders.listNamed(db(), account.id, [venue, venueOrderId("another")]);
    expect([...named]).toEqual([[venue, working]]);
    expect(await orders.listNamed(db(), account.id, [])).toEqual(new Map());
    const second = await seedOrder(db(), account, ids);
    await claim(second);
    expect(await failureOf(move(second, "SENDING", "WORKING", { venueOrderId: venue }), classifyDriverError)).toEqual({
      kind: "unique",
      constraint: "orders_venue_order_id_unique",
    });
  });

  test("[DB13] nothing returns to INTENT, from any state, by any query", async () => {
    const account = await seedAccount(db(), ids);
    for (const state of ORDER_STATES.filter((each) => each !== "INTENT")) {
      const unsent = state === "DENIED" || state === "EXPIRED_UNSENT";
      const order = await seedOrder(db(), account, ids, unsent ? { state: "DENIED" } : {});
      if (!unsent) await claim(order);
      if (!unsent && state !== "SENDING") await move(order, "SENDING", state);
      const back = db().execute(sql`update orders set state = 'INTENT', claimed_at = null where id = ${order.id}`);
      expect(await failureOf(back, classifyDriverError)).toEqual({
        kind: "guard",
        constraint: "orders_never_back_to_intent",
      });
    }
  });

  test("[DB13] the filled quantity never falls, may exceed the ordered one, and an order keeps its identity", async () => {
    const account = await seedAccount(db(), ids);
    const order = await seedOrder(db(), account, ids);
    await claim(order);
    await move(order, "SENDING", "FILLED", { filledQuantity: quantity("150"), averageFillPrice: price("187.51") });
    const fewer = move(order, "FILLED", "FILLED", { filledQuantity: quantity("149.999999999") });
    expect(await failureOf(fewer, classifyDriverError)).toEqual({
      kind: "guard",
      constraint: "orders_filled_quantity_grows",
    });
    for (const change of [
      "mode = 'live'",
      "symbol = 'MSFT'",
      "side = 'sell'",
      "client_order_id = 'tdP-other'",
      "request_hash = 'x'",
    ]) {
      const update = db().execute(sql`update orders set ${sql.raw(change)} where id = ${order.id}`);
      expect(await failureOf(update, classifyDriverError)).toEqual({
        kind: "guard",
        constraint: "orders_identity_never_changes",
      });
    }
    const removal = db().execute(sql`delete from orders where id = ${order.id}`);
    expect(await failureOf(removal, classifyDriverError)).toEqual({
      kind: "guard",
      constraint: "orders_never_deleted",
    });
  });

  test("[DB18] the revision grows by one with each update, whatever writes it", async () => {
    const account = await seedAccount(db(), ids);
    const order = await seedOrder(db(), account, ids);
    const revision = async () => (await orders.find(db(), account.userId, order.id))?.revision;
    expect(order.revision).toBe(0);
    expect((await claim(order))?.revision).toBe(1);
    expect((await move(order, "SENDING", "WORKING"))?.revision).toBe(2);
    expect(await move(order, "SENDING", "UNKNOWN")).toBeNull();
    expect(await revision()).toBe(2);
    await Promise.all([1, 2, 3].map(() => move(order, "WORKING", "WORKING")));
    expect(await revision()).toBe(5);
    await db().execute(sql`update orders set revision = 0 where id = ${order.id}`);
    expect(await revision()).toBe(6);
  });

  test("[DB13] an order past the claim says who claimed it", async () => {
    const account = await seedAccount(db(), ids);
    const order = await seedOrder(db(), account, ids);
    expect(await failureOf(move(order, "INTENT", "WORKING"), classifyDriverError)).toEqual({
      kind: "check",
      constraint: "orders_claim_check",
    });
  });

  test("[DB14] an execution is stored once, and never changed", async () => {
    const account = await seedAccount(db(), ids);
    const order = await seedOrder(db(), account, ids);
    const fill = newFill(order, ids);
    const insert = (each: fills.FillRow) => db().transaction((tx) => fills.insert(tx, each));
    expect(await insert(fill)).toBe(true);
    expect(await insert({ ...fill, id: ids("fill"), quantity: quantity("1") })).toBe(false);
    const later = newFill(order, ids, { filledAt: NOW + 900, fees: money("0") });
    expect(await insert(later)).toBe(true);
    expect(await fills.listByOrder(db(), order.id)).toEqual([fill, later]);
    expect(await fills.listByUser(db(), { userId: account.userId, limit: 1 })).toEqual([later]);
    expect(await fills.lastFilledAt(db(), account.id)).toBe(NOW + 900);
    expect(await fills.totals(db(), order.id)).toEqual({ quantity: "80", averagePrice: "187.51" });
    for (const statement of ["update fills set price = 1", "delete from fills", "truncate fills"]) {
      expect(await failureOf(db().execute(sql.raw(statement)), classifyDriverError)).toEqual({
        kind: "guard",
        constraint: "fills_append_only",
      });
    }
  });

  test("[DB14] a fill belongs to an order of the same account and mode", async () => {
    const order = await seedOrder(db(), await seedAccount(db(), ids), ids);
    const other = await seedAccount(db(), ids);
    for (const change of [{ accountId: other.id }, { userId: other.userId }, { mode: "live" }] as const) {
      const work = db().transaction((tx) => fills.insert(tx, newFill(order, ids, change)));
      expect(await failureOf(work, classifyDriverError)).toEqual({ kind: "foreign_key", constraint: "fills_order_fk" });
    }
    expect(await fills.lastFilledAt(db(), other.id)).toBeNull();
    expect(await fills.totals(db(), order.id)).toEqual({ quantity: "0", averagePrice: null });
  });

  test("[DB14] an average price is exact: it is rounded once, whatever parts of a share were filled", async () => {
    const account = await seedAccount(db(), ids);
    const average = async (...told: readonly (readonly [shares: string, at: string])[]) => {
      const order = await seedOrder(db(), account, ids);
      for (const [shares, at] of told) {
        const fill = newFill(order, ids, { quantity: quantity(shares), price: price(at) });
        await db().transaction((tx) => fills.insert(tx, fill));
      }
      return (await fills.totals(db(), order.id)).averagePrice;
    };
    expect(await average(["0.034677531", "288.40"])).toBe("288.4");
    expect(await average(["0.000000001", "288.44"])).toBe("288.44");
    expect(await average(["0.000000001", "288.44"], ["0.000000002", "288.47"])).toBe("288.46");
    expect(await average(["1", "10"], ["2", "10.01"])).toBe("10.006666667");
  });

  test("[DB15] pages show every order of the user once, newest first, though many share an instant", async () => {
    const account = await seedAccount(db(), ids);
    await seedOrder(db(), await seedAccount(db(), ids), ids);
    const all: orders.OrderRow[] = [];
    for (const createdAt of [NOW, NOW, NOW, NOW + 1, NOW + 1, NOW + 2, NOW + 3]) {
      all.push(await seedOrder(db(), account, ids, { createdAt }));
    }
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await orders.page(db(), { userId: account.userId, filter: "all", limit: 2, cursor });
      seen.push(...page.orders.map((order) => order.id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(seen).toHaveLength(7);
    expect(new Set(seen)).toEqual(new Set(all.map((order) => order.id)));
    expect(seen[0]).toBe(all.at(-1)?.id);
  });

  test("[DB15] filters tell open from closed, and a made-up cursor is refused with a code", async () => {
    const account = await seedAccount(db(), ids);
    const open = await seedOrder(db(), account, ids);
    const closed = await seedOrder(db(), account, ids, { state: "DENIED" });
    const list = async (filter: "open" | "closed" | "all") =>
      (await orders.page(db(), { userId: account.userId, accountId: account.id, filter, limit: 10 })).orders.map(
        (order) => order.id,
      );
    expect(await list("open")).toEqual([open.id]);
    expect(await list("closed")).toEqual([closed.id]);
    expect((await list("all")).sort()).toEqual([open.id, closed.id].sort());
    expect(await orders.listOpen(db(), account.id)).toEqual([open]);
    expect(await orders.listByState(db(), ["DENIED"], account.id)).toEqual([closed]);
    for (const cursor of ["", "x", "zzzzzzzzzzz_0_a", "1_1_ ", "'; drop table orders; --"]) {
      const work = orders.page(db(), { userId: account.userId, filter: "all", limit: 10, cursor });
      await expect(work).rejects.toMatchObject({ code: "BAD_CURSOR" });
    }
  });

  test("[DB16] an external order needs no key of ours, and is known by the broker's id", async () => {
    const account = await seedAccount(db(), ids);
    const {
      idempotencyKey: _key,
      requestHash: _hash,
      reducesRisk: _risk,
      validUntil: _until,
      reason: _reason,
      why: _why,
      referencePrice: _reference,
      ...terms
    } = newIntent(account, ids);
    const external = {
      ...terms,
      clientOrderId: clientOrderId("placed-by-hand"),
      venueOrderId: venueOrderId(ids("venue")),
      state: "WORKING",
      filledQuantity: quantity("0"),
      averageFillPrice: null,
      at: NOW + 5,
    } as const;
    const row = await db().transaction((tx) => orders.insertExternal(tx, external));
    expect(row).toMatchObject({
      revision: 0,
      origin: "external",
      idempotencyKey: null,
      referencePrice: null,
      state: "WORKING",
      acknowledgedAt: NOW + 5,
    });
    expect(await orders.findByVenueOrderId(db(), account.id, external.venueOrderId)).toEqual(row);
  });

  test("[DB17] the account's lock puts two orders in a line", async () => {
    const account = await seedAccount(db(), ids);
    const place = () =>
      db().transaction(async (tx) => {
        await accounts.lock(tx, account.id);
        const open = await orders.listOpen(tx, account.id);
        await orders.insertIntent(tx, newIntent(account, ids));
        return open.length;
      });
    expect(new Set(await Promise.all([place(), place(), place()]))).toEqual(new Set([0, 1, 2]));
  });
});
