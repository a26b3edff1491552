import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { BrokerCredentialStore, type KeyKeeper } from "@trenddojo/brokers";
import { connectionId, userId } from "@trenddojo/brokers/domain";
import { FakeClock } from "@trenddojo/brokers/testing";
import { connections, createDataKeyStore, credentials, secondFactors, users, type Db } from "@trenddojo/db";
import { createTestDb } from "@trenddojo/db/testing";
import { expect, it } from "vitest";
import { bootErrorLines } from "./bootErrorLines.ts";
import { openKey } from "./openKey.ts";

const ada = { id: userId("ada"), username: "ada", passwordHash: "x", role: "trader", createdAt: 1 } as const;
const id = connectionId("alpaca-1");
const scope = { userId: ada.id, broker: "alpaca", mode: "paper", connectionId: id, rowVersion: 1 } as const;

/** Ada's connection to Alpaca, with its credentials sealed by `key`. */
async function addConnection(db: Db, vault: BrokerCredentialStore): Promise<void> {
  const { userId: owner, broker, mode } = scope;
  const row = { id, userId: owner, broker, mode, label: "Alpaca", desired: "connected", settings: {} } as const;
  await db.transaction((tx) => users.insert(tx, ada));
  await connections.insert(db, { ...row, builtIn: false, createdAt: 1 });
  const envelope = await vault.seal(scope, { apiKey: "PK123" });
  await credentials.insert(db, { connectionId: id, mode, envelope, hints: {}, at: 1 });
}

it("[BT4] a lost key file stops the boot as long as stored credentials need it", async () => {
  await using store = await createTestDb();
  const { db } = store;
  const clock = new FakeClock();
  const env = { DATA_DIR: store.dataDir ?? "", CREDENTIAL_KEY: undefined };
  const file = join(env.DATA_DIR, "credential.key");
  const vaultOf = ({ ring }: KeyKeeper): BrokerCredentialStore =>
    new BrokerCredentialStore({ keyEncryptionKey: ring, dataKeys: createDataKeyStore(db, clock) });
  const first = await openKey(env, db, clock);
  await addConnection(db, vaultOf(first));
  const kept = await readFile(file);

  await rm(file);
  const error: unknown = await openKey(env, db, clock).catch((cause: unknown) => cause);
  expect(bootErrorLines(error)).toBe(
    `trenddojo: the key file ${file} is missing and 1 sealed credential needs it: ` +
      "restore it from a backup, or set CREDENTIAL_KEY to the key that it held\n",
  );
  expect(await readdir(env.DATA_DIR)).not.toContain("credential.key");

  const given = await openKey({ ...env, CREDENTIAL_KEY: first.ring.current }, db, clock);
  const row = await credentials.find(db, id);
  expect(await vaultOf(given).open(scope, row?.envelope ?? "")).toEqual({ apiKey: "PK123" });

  await writeFile(file, kept, { mode: 0o600 });
  expect((await openKey(env, db, clock)).ring.current).toEqual(first.ring.current);

  // An authenticator's secret needs it as well.
  await rm(file);
  await db.transaction((tx) => connections.remove(tx, id, 2));
  await secondFactors.beginTotp(db, { userId: ada.id, version: 1, envelope: "sealed", createdAt: 1 });
  await secondFactors.confirmTotp(db, ada.id, 1);
  await expect(openKey(env, db, clock)).rejects.toMatchObject({ code: "KEY_FILE_MISSING" });
  await secondFactors.removeTotp(db, ada.id);

  // Once nothing needs it, a new key is made, and seals anew for the same user and mode.
  const second = await openKey(env, db, clock);
  expect(second.ring.current).not.toEqual(first.ring.current);
  const sealed = await vaultOf(second).seal(scope, { apiKey: "PK456" });
  expect(await vaultOf(second).open(scope, sealed)).toEqual({ apiKey: "PK456" });
});
