import { BrokerCredentialStore, type KeyKeeper } from "@trenddojo/brokers";
import { connectionId, userId, type Mode } from "@trenddojo/brokers/domain";
import { FakeClock } from "@trenddojo/brokers/testing";
import { connections, createDataKeyStore, credentials, users, type DbHandle } from "@trenddojo/db";
import { createTestStore } from "@trenddojo/db/testing";
import { sql } from "drizzle-orm";
import { afterEach, beforeEach, expect, it } from "vitest";
import { AuditLog } from "../audit/AuditLog.ts";
import { vaultText } from "../cli/vaultText.ts";
import { openKey } from "../openKey.ts";
import { VaultKeys } from "./VaultKeys.ts";

const CREDENTIAL_KEY = { version: 1, key: Buffer.alloc(32, 7) };
const clock = new FakeClock();
let store: DbHandle;
beforeEach(async () => {
  store = await createTestStore();
});
afterEach(() => store[Symbol.asyncDispose]());

const env = { DATA_DIR: "unused", CREDENTIAL_KEY };
const scopeOf = (name: string, mode: Mode, rowVersion = 1) =>
  ({
    userId: userId(name),
    broker: "alpaca",
    mode,
    connectionId: connectionId(`${name}-${mode}`),
    rowVersion,
  }) as const;

/** What a process that was started anew has of the vault. */
function vaultOf(keys: KeyKeeper) {
  const { db } = store;
  const vault = new BrokerCredentialStore({ keyEncryptionKey: keys.ring, dataKeys: createDataKeyStore(db, clock) });
  return { vault, keys: new VaultKeys({ vault, keys, db, clock, audit: new AuditLog(clock) }) };
}

/** A person with one connection a mode, each with a data key of its own. */
async function add(vault: BrokerCredentialStore, name: string, ...modes: readonly Mode[]): Promise<void> {
  const id = userId(name);
  const person = { id, username: name, passwordHash: "x", role: "trader", createdAt: 1 } as const;
  await store.db.transaction((tx) => users.insert(tx, person));
  for (const mode of modes) {
    const scope = scopeOf(name, mode);
    const facts = {
      id: scope.connectionId,
      userId: id,
      broker: "alpaca",
      mode,
      label: "Alpaca",
      settings: {},
    } as const;
    await connections.insert(store.db, { ...facts, desired: "disconnected", builtIn: false, createdAt: 1 });
    const envelope = await vault.seal(scope, { secretKey: `${name} ${mode}` });
    await credentials.insert(store.db, { connectionId: scope.connectionId, mode, envelope, hints: {}, at: 1 });
  }
}

/** Changes a character in the middle of the wrapped key, as a bad disk would; answers what it was. */
async function damage(name: string, mode: Mode): Promise<string> {
  const [row] = [...(await store.db.execute<{ wrapped: string }>(wrappedOf(name, mode)))];
  const { wrapped = "" } = row ?? {};
  const at = wrapped.indexOf(".") + 5;
  const bad = `${wrapped.slice(0, at)}${wrapped[at] === "A" ? "B" : "A"}${wrapped.slice(at + 1)}`;
  await store.db.execute(sql`update data_keys set wrapped = ${bad} where user_id = ${name} and mode = ${mode}`);
  return wrapped;
}
const wrappedOf = (name: string, mode: Mode) =>
  sql`select wrapped from data_keys where user_id = ${name} and mode = ${mode}`;

async function open(vault: BrokerCredentialStore, name: string, mode: Mode) {
  const row = await credentials.find(store.db, connectionId(`${name}-${mode}`));
  return vault.open(scopeOf(name, mode, row?.rowVersion), row?.envelope ?? "");
}

it("[SV550] a damaged data key stops nobody else: what it sealed is named, a rotation makes a new one, and the rest opens", async () => {
  const first = vaultOf(await openKey(env, store.db, clock));
  await add(first.vault, "ada", "paper", "mock");
  await add(first.vault, "bob", "paper");
  await damage("ada", "paper");

  const { vault, keys } = vaultOf(await openKey(env, store.db, clock));
  const verification = await keys.verify();
  expect(verification.damaged.map(({ name }) => name)).toEqual([
    "all that is sealed for user ada in paper mode",
    "the keys of Alpaca (alpaca, paper) of ada",
  ]);
  const { text, isWell } = vaultText({ verification });
  expect(isWell).toBe(false);
  expect(text).toContain("Enter again: the keys of Alpaca (alpaca, paper) of ada (NOT_AUTHENTIC");
  await expect(vault.seal(scopeOf("ada", "paper", 2), { secretKey: "new" })).rejects.toMatchObject({
    code: "NOT_AUTHENTIC",
  });
  // Nobody is told to give up what still opens.
  expect(await keys.abandon()).toBeNull();

  const before = await credentials.find(store.db, connectionId("ada-paper"));
  expect((await keys.rotate()).damaged.map(({ name }) => name)).toContain("the keys of Alpaca (alpaca, paper) of ada");
  expect(await credentials.find(store.db, connectionId("ada-paper"))).toEqual(before);
  const envelope = await vault.seal(scopeOf("ada", "paper", 2), { secretKey: "new" });
  await credentials.replace(store.db, {
    connectionId: connectionId("ada-paper"),
    expectedRowVersion: 1,
    envelope,
    hints: {},
    at: 2,
  });
  const restarted = vaultOf(await openKey(env, store.db, clock));
  expect(await open(restarted.vault, "ada", "paper")).toEqual({ secretKey: "new" });
  expect(await open(restarted.vault, "ada", "mock")).toEqual({ secretKey: "ada mock" });
  expect(await open(restarted.vault, "bob", "paper")).toEqual({ secretKey: "bob paper" });
  expect((await restarted.keys.verify()).damaged).toEqual([]);
});

it("[SV551] where the only data key is damaged the desk starts, for its key is known, and a rotation makes a new one", async () => {
  await add(vaultOf(await openKey(env, store.db, clock)).vault, "ada", "paper");
  await damage("ada", "paper");
  const { vault, keys } = vaultOf(await openKey(env, store.db, clock));
  expect((await keys.verify()).damaged.map(({ name }) => name)).toContain("the keys of Alpaca (alpaca, paper) of ada");
  expect(await keys.abandon()).toBeNull();
  await keys.rotate();
  const sealed = await vault.seal(scopeOf("ada", "paper", 2), { secretKey: "new" });
  expect(await vault.open(scopeOf("ada", "paper", 2), sealed)).toEqual({ secretKey: "new" });
});
