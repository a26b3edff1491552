import { accountId, connectionId, userId } from "@trenddojo/brokers/domain";
import { FakeClock } from "@trenddojo/brokers/testing";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { classifyDriverError } from "../driverError.ts";
import { describeEachDriver } from "../testing/describeEachDriver.ts";
import { createIds, failureOf, NOW, seedAccount, seedUser } from "../testing/fixtures.ts";
import * as accounts from "./accounts.ts";
import * as connections from "./connections.ts";
import * as credentials from "./credentials.ts";
import { createDataKeyStore, retireDataKeys } from "./dataKeys.ts";

await describeEachDriver("connections, accounts and credentials", (db) => {
  const ids = createIds();
  const newConnection = (user: string, builtIn: boolean) =>
    ({
      id: connectionId(ids("connection")),
      userId: userId(user),
      broker: "paper",
      mode: "paper",
      label: "Paper",
      desired: "connected",
      settings: { host: "127.0.0.1", port: 4002, readOnly: false },
      builtIn,
      createdAt: NOW,
    }) as const;

  test("[DB3] a user has one built-in connection, and it cannot be removed", async () => {
    const user = await seedUser(db(), ids("user"));
    const builtIn = newConnection(user.id, true);
    await connections.insert(db(), builtIn);
    expect(await failureOf(connections.insert(db(), newConnection(user.id, true)), classifyDriverError)).toEqual({
      kind: "unique",
      constraint: "broker_connections_built_in_unique",
    });
    expect(await connections.find(db(), user.id, builtIn.id)).toEqual({ ...builtIn, removedAt: null });
    expect(await db().transaction((tx) => connections.remove(tx, builtIn.id, NOW))).toBe(false);
    expect(await connections.listByUser(db(), user.id)).toHaveLength(1);
  });

  test("[DB3] nobody finds another user's connection or account", async () => {
    const account = await seedAccount(db(), ids);
    const other = await seedUser(db(), ids("user"));
    expect(await connections.find(db(), other.id, account.connectionId)).toBeNull();
    expect(await connections.listByUser(db(), other.id)).toEqual([]);
    expect(await accounts.find(db(), other.id, account.id)).toBeNull();
    expect(await accounts.listByUser(db(), other.id)).toEqual([]);
    expect(await accounts.find(db(), account.userId, account.id)).toEqual(account);
  });

  test("[DB4] a connection and an account keep their mode, user and broker whatever a query says", async () => {
    const account = await seedAccount(db(), ids);
    for (const change of ["mode = 'live'", "user_id = 'x'", "broker = 'alpaca'"]) {
      for (const [table, guard, id] of [
        ["broker_connections", "broker_connections_identity_never_changes", account.connectionId],
        ["accounts", "accounts_identity_never_changes", account.id],
      ] as const) {
        const update = db().execute(sql`update ${sql.identifier(table)} set ${sql.raw(change)} where id = ${id}`);
        expect(await failureOf(update, classifyDriverError)).toEqual({ kind: "guard", constraint: guard });
      }
    }
  });

  test("[DB4] an account of another mode, user or broker than its connection's is refused", async () => {
    const account = await seedAccount(db(), ids);
    const stranger = await seedUser(db(), ids("user"));
    for (const change of [{ mode: "live" }, { userId: stranger.id }, { broker: "alpaca" }] as const) {
      const work = accounts.insert(db(), {
        ...account,
        id: accountId(ids("account")),
        venueAccountId: ids("PA"),
        ...change,
      });
      expect(await failureOf(work, classifyDriverError)).toEqual({
        kind: "foreign_key",
        constraint: "accounts_connection_fk",
      });
    }
  });

  test("[DB4] one account is held by one connection, until that one is removed", async () => {
    const account = await seedAccount(db(), ids);
    const second = newConnection(account.userId, false);
    await connections.insert(db(), second);
    const again = { ...account, id: accountId(ids("account")), connectionId: second.id };
    expect(await failureOf(accounts.insert(db(), again), classifyDriverError)).toEqual({
      kind: "unique",
      constraint: "accounts_venue_account_unique",
    });
    expect(await db().transaction((tx) => connections.remove(tx, account.connectionId, NOW + 1))).toBe(true);
    await accounts.insert(db(), again);
    expect((await accounts.listByUser(db(), account.userId)).map((each) => each.id)).toEqual([again.id]);
    expect(await accounts.listByConnection(db(), account.connectionId)).toEqual([{ ...account, removedAt: NOW + 1 }]);
    expect(await connections.setDesired(db(), account.connectionId, "connected")).toBeNull();
  });

  test("[DB5] credentials grow by one version at a time, and two writers do not both win", async () => {
    const account = await seedAccount(db(), ids);
    const { connectionId: id, mode } = account;
    await credentials.insert(db(), { connectionId: id, mode, envelope: "v1.a", hints: { apiKey: "1234" }, at: NOW });
    const change = { connectionId: id, expectedRowVersion: 1, hints: { apiKey: "5678" }, at: NOW + 1 };
    const outcomes = await Promise.all([
      credentials.replace(db(), { ...change, envelope: "v1.b" }),
      credentials.replace(db(), { ...change, envelope: "v1.c" }),
    ]);
    expect(outcomes.filter((won) => won)).toHaveLength(1);
    expect(await credentials.find(db(), id)).toMatchObject({
      rowVersion: 2,
      hints: { apiKey: "5678" },
      createdAt: NOW,
      updatedAt: NOW + 1,
    });
    expect(await credentials.shown(db(), [id])).toEqual(new Map([[id, { hints: { apiKey: "5678" }, setAt: NOW + 1 }]]));
    const rollback = db().execute(sql`update broker_credentials set row_version = 1 where connection_id = ${id}`);
    expect(await failureOf(rollback, classifyDriverError)).toEqual({
      kind: "guard",
      constraint: "broker_credentials_version_grows",
    });
  });

  test("[DB5] paper credentials cannot be stored on a live connection, nor the other way round", async () => {
    const account = await seedAccount(db(), ids, { mode: "live" });
    const work = credentials.insert(db(), {
      connectionId: account.connectionId,
      mode: "paper",
      envelope: "v1.a",
      hints: {},
      at: NOW,
    });
    expect(await failureOf(work, classifyDriverError)).toEqual({
      kind: "foreign_key",
      constraint: "broker_credentials_connection_fk",
    });
  });

  test("[DB5] removing a connection deletes its credentials", async () => {
    const { connectionId: id, mode } = await seedAccount(db(), ids);
    const others = await credentials.countAll(db());
    await credentials.insert(db(), { connectionId: id, mode, envelope: "v1.a", hints: {}, at: NOW });
    expect(await credentials.countAll(db())).toBe(others + 1);
    await db().transaction((tx) => connections.remove(tx, id, NOW));
    expect(await credentials.find(db(), id)).toBeNull();
    expect(await credentials.countAll(db())).toBe(others);
  });

  test("[DB6] of several first data keys one becomes the key, for all", async () => {
    const user = await seedUser(db(), ids("user"));
    const store = createDataKeyStore(db(), new FakeClock(NOW));
    const key = (mode: "paper" | "live") => ({
      id: ids("key"),
      userId: user.id,
      mode,
      kekVersion: 1,
      wrapped: "a.b.c",
    });
    expect(await store.findCurrent(user.id, "paper")).toBeNull();
    const inserted = await Promise.all([1, 2, 3].map(() => store.insert(key("paper"))));
    expect(new Set(inserted.map((each) => each.id)).size).toBe(1);
    expect(await store.findCurrent(user.id, "paper")).toEqual(inserted[0]);
    expect(await store.findById(inserted[0]?.id ?? "")).toEqual(inserted[0]);
    const live = await store.insert(key("live"));
    expect(live.id).not.toBe(inserted[0]?.id);
    expect(await store.findById("unknown")).toBeNull();

    await retireDataKeys(db(), NOW + 1);
    expect(await store.findCurrent(user.id, "paper")).toBeNull();
    expect(await store.findById(live.id)).toEqual(live);
    expect((await store.insert(key("paper"))).id).not.toBe(inserted[0]?.id);
  });
});
