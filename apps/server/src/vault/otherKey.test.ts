import { BrokerCredentialStore, type KeyEncryptionKey, type KeyKeeper } from "@trenddojo/brokers";
import { connectionId, userId } from "@trenddojo/brokers/domain";
import { FakeClock } from "@trenddojo/brokers/testing";
import {
  connections,
  createDataKeyStore,
  credentials,
  keyChecks,
  retireDataKeys,
  users,
  type DbHandle,
} from "@trenddojo/db";
import { createTestStore } from "@trenddojo/db/testing";
import { sql } from "drizzle-orm";
import { afterEach, beforeEach, expect, it } from "vitest";
import { AuditLog } from "../audit/AuditLog.ts";
import { openKey, readKey } from "../openKey.ts";
import { VaultKeys } from "./VaultKeys.ts";

const OWN = { version: 1, key: Buffer.alloc(32, 7) };
const OTHER = { version: 1, key: Buffer.alloc(32, 8) };
const REFUSED = /not the one that the stored secrets.*vault abandon.*the keys of Alpaca \(alpaca, paper\) of ada/;
const ada = userId("ada");
const scope = {
  userId: ada,
  broker: "alpaca",
  mode: "paper",
  connectionId: connectionId("c-1"),
  rowVersion: 1,
} as const;
const clock = new FakeClock();

let store: DbHandle;
beforeEach(async () => {
  store = await createTestStore();
  const { vault } = await start(OWN);
  const person = { id: ada, username: "ada", passwordHash: "x", role: "trader", createdAt: 1 } as const;
  await store.db.transaction((tx) => users.insert(tx, person));
  const { connectionId: id, broker, mode } = scope;
  const facts = { id, userId: ada, broker, mode, label: "Alpaca", settings: {}, builtIn: false } as const;
  await connections.insert(store.db, { ...facts, desired: "disconnected", createdAt: 1 });
  const envelope = await vault.seal(scope, { secretKey: "own" });
  await credentials.insert(store.db, { connectionId: id, mode, envelope, hints: {}, at: 1 });
});
afterEach(() => store[Symbol.asyncDispose]());

const envOf = (key: KeyEncryptionKey, previous?: KeyEncryptionKey) => ({
  DATA_DIR: "unused",
  CREDENTIAL_KEY: key,
  CREDENTIAL_KEY_PREVIOUS: previous,
});

/** What a process has that was started with these keys. */
async function start(...[key, previous]: readonly [KeyEncryptionKey, KeyEncryptionKey?]) {
  return vaultOf(await openKey(envOf(key, previous), store.db, clock));
}
function vaultOf(keys: KeyKeeper) {
  const { db } = store;
  const vault = new BrokerCredentialStore({ keyEncryptionKey: keys.ring, dataKeys: createDataKeyStore(db, clock) });
  return { vault, keys: new VaultKeys({ vault, keys, db, clock, audit: new AuditLog(clock) }) };
}
async function open(vault: BrokerCredentialStore) {
  const row = await credentials.find(store.db, scope.connectionId);
  return vault.open({ ...scope, rowVersion: row?.rowVersion ?? 0 }, row?.envelope ?? "");
}

it("[SV570] a desk does not start with another key, however many retired data keys come first and though none is in use", async () => {
  await store.db.execute(sql`insert into data_keys (id, user_id, mode, wrapped, kek_version, created_at, retired_at)
    select lpad(to_hex(n), 32, '0'), 'ada', 'paper', 'AAAAAAAAAAAAAAAA.AAAA.AAAA', 1, now(), now() from generate_series(1, 1200) n`);
  await expect(start(OTHER)).rejects.toThrow(REFUSED);
  await expect(start({ ...OTHER, version: 5 })).rejects.toThrow(REFUSED);
  await store.db.execute(sql`delete from key_checks`);
  await expect(start(OTHER)).rejects.toThrow(REFUSED);
  await start(OWN);
  // As a rotation leaves it that was killed between its two levels.
  await retireDataKeys(store.db, 2);
  await expect(start(OTHER)).rejects.toThrow(REFUSED);
  expect(await open((await start(OWN)).vault)).toEqual({ secretKey: "own" });
});

it("[SV570] a new key that is mistyped once something is wrapped by it is refused, though the previous one is right", async () => {
  const next = { version: 2, key: Buffer.alloc(32, 9) };
  const mistyped = { version: 2, key: Buffer.alloc(32, 10) };
  await start(mistyped, OWN);
  const { vault, keys } = await start(next, OWN);
  await vault.seal({ ...scope, mode: "mock" }, { secretKey: "first" });
  await expect(start(mistyped, OWN)).rejects.toThrow(/CREDENTIAL_KEY \(key 2\) is not the one/);
  await keys.rotate();
  expect(await open(vault)).toEqual({ secretKey: "own" });
  expect(await open((await start(next)).vault)).toEqual({ secretKey: "own" });
});

it("[SV570] where its check is damaged or missing, a data key that opens shows the key to be right, and it is stored anew", async () => {
  const [[, check = ""] = []] = await keyChecks.list(store.db);
  for (const change of [sql`delete from key_checks`, sql`update key_checks set digest = ${"0".repeat(64)}`]) {
    await store.db.execute(change);
    await expect(start(OTHER)).rejects.toThrow(REFUSED);
    await start(OWN);
    expect([...(await keyChecks.list(store.db))]).toEqual([[1, check]]);
  }
});

it("[SV551] where the key is lost another one takes its place when it is asked to, and nothing is removed", async () => {
  expect(await vaultOf(await readKey(envOf(OWN), store.db, clock)).keys.abandon()).toBeNull();
  const abandoned = await vaultOf(await readKey(envOf(OTHER), store.db, clock)).keys.abandon();
  expect(abandoned?.damaged.map(({ name }) => name)).toContain("the keys of Alpaca (alpaca, paper) of ada");
  const rows = await store.db.execute(sql`select details from audit_log where action = 'vault.abandoned'`);
  expect([...rows]).toEqual([{ details: { damaged: 2 } }]);
  // A key that is found after all opens what it did, as long as nothing was sealed with the other.
  expect(await open((await start(OWN)).vault)).toEqual({ secretKey: "own" });
  await vaultOf(await readKey(envOf(OTHER), store.db, clock)).keys.abandon();
  const { vault } = await start(OTHER);
  await expect(open(vault)).rejects.toMatchObject({ code: "NOT_AUTHENTIC" });
  const sealed = await vault.seal({ ...scope, rowVersion: 2 }, { secretKey: "new" });
  expect(await vault.open({ ...scope, rowVersion: 2 }, sealed)).toEqual({ secretKey: "new" });
  await expect(start(OWN)).rejects.toThrow(/not the one that the stored secrets were sealed with/);
});
