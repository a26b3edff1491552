import { accountId, connectionId } from "@trenddojo/brokers/domain";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { ZodError } from "zod";
import { classifyDriverError } from "../driverError.ts";
import { describeEachDriver } from "../testing/describeEachDriver.ts";
import { createIds, failureOf, NOW, seedAccount, seedUser } from "../testing/fixtures.ts";
import * as accounts from "./accounts.ts";
import * as connections from "./connections.ts";
import { createOrderIdStore } from "./orderIdStore.ts";

const CLIENT = 7;

await describeEachDriver("order ids", (db) => {
  const ids = createIds();

  test("[DB100] none is answered twice, whoever asks at once and whatever was not used before", async () => {
    const { id } = await seedAccount(db(), ids);
    const stores = [createOrderIdStore(db(), () => id), createOrderIdStore(db(), () => id)];
    const sixty = Array.from({ length: 60 }, () => stores.map((store) => store.reserve(CLIENT, 1)));
    const answered = await Promise.all(sixty.flat());
    expect(new Set(answered).size).toBe(120);
    const greatest = Math.max(...answered);
    // Another process, after one that did not use up what it had reserved.
    expect(await createOrderIdStore(db(), () => id).reserve(CLIENT, 1)).toBeGreaterThan(greatest);
  });

  test("[DB100] each is at least what was asked for, and a gateway that counts back is not followed", async () => {
    const { id } = await seedAccount(db(), ids);
    const store = createOrderIdStore(db(), () => id);
    expect([await store.reserve(CLIENT, 1), await store.reserve(CLIENT, 1)]).toEqual([1, 2]);
    expect(await store.reserve(CLIENT, 20)).toBe(20);
    expect(await store.reserve(CLIENT, 5_000)).toBe(5_000);
    expect(await store.reserve(CLIENT, 3)).toBe(5_001);
    expect(await createOrderIdStore(db(), () => id).reserve(CLIENT, 3)).toBeGreaterThan(5_001);
    expect(await store.reserve(CLIENT + 1, 3)).toBe(3);
  });

  test("[DB100] they are counted by login: a connection that is made again goes on, another login begins anew", async () => {
    const account = await seedAccount(db(), ids);
    const last = await createOrderIdStore(db(), () => account.id).reserve(CLIENT, 900);
    const { id: userId } = await seedUser(db(), ids("user"));
    const again = { ...account, id: accountId(ids("account")), connectionId: connectionId(ids("connection")), userId };
    await connections.insert(db(), {
      id: again.connectionId,
      userId,
      broker: again.broker,
      mode: again.mode,
      label: "IB",
      desired: "connected",
      settings: {},
      builtIn: false,
      createdAt: NOW,
    });
    await accounts.insert(db(), again);
    expect(await createOrderIdStore(db(), () => again.id).reserve(CLIENT, 1)).toBeGreaterThan(last);
    const stranger = await seedAccount(db(), ids);
    expect(await createOrderIdStore(db(), () => stranger.id).reserve(CLIENT, 1)).toBe(1);
  });

  test("[DB100] a failure takes nothing along: who asks next is answered", async () => {
    const { id } = await seedAccount(db(), ids);
    const store = createOrderIdStore(db(), () => id);
    expect(await failureOf(store.reserve(CLIENT, 2 ** 40), classifyDriverError)).toMatchObject({ kind: "check" });
    expect(await store.reserve(CLIENT, 1)).toBe(1);
    const nobody = createOrderIdStore(db(), () => accountId("nobody"));
    await expect(nobody.reserve(CLIENT, 1)).rejects.toBeInstanceOf(ZodError);
  });

  test("[DB100] the database refuses to take one back, to rename a counter and to forget it", async () => {
    const { id, venueAccountId } = await seedAccount(db(), ids);
    await createOrderIdStore(db(), () => id).reserve(CLIENT, 10);
    const own = sql`where venue_account_id = ${venueAccountId}`;
    for (const change of [
      sql`update order_id_counters set next_id = 5 ${own}`,
      sql`update order_id_counters set client_id = 8 ${own}`,
      sql`delete from order_id_counters ${own}`,
    ]) {
      expect(await failureOf(db().execute(change), classifyDriverError)).toMatchObject({ kind: "guard" });
    }
  });
});
