import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BrokerCredentialStore, findDamage, isRotating, openKeyFile, rotateKeys } from "@trenddojo/brokers";
import { connectionId, userId } from "@trenddojo/brokers/domain";
import { FakeClock } from "@trenddojo/brokers/testing";
import { alertWebhooks, connections, createDataKeyStore, credentials, secondFactors, users } from "@trenddojo/db";
import { createTestStore } from "@trenddojo/db/testing";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openWebhook, sealWebhook } from "../alerts/sealWebhook.ts";
import { openTotp, sealTotp } from "../usecases/factors/sealTotp.ts";
import { createRotationStore } from "./createRotationStore.ts";

const NAMES = ["ada", "bob", "cyd"].map((name) => userId(name));

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "trenddojo-rotation-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it("[SV337] a rotation seals all that is sealed anew, cut short at any row too, and names an app's secret that is lost", async () => {
  await using handle = await createTestStore();
  const { db } = handle;
  const clock = new FakeClock();
  const keys = await openKeyFile(join(folder, "credential.key"));
  using vault = new BrokerCredentialStore({ keyEncryptionKey: keys.ring, dataKeys: createDataKeyStore(db, clock) });
  for (const user of NAMES) {
    const id = connectionId(`c-${user}`);
    const own = { userId: user, broker: "alpaca", mode: "paper" } as const;
    const person = { id: user, username: user, passwordHash: "x", role: "trader", createdAt: 1 } as const;
    await db.transaction((tx) => users.insert(tx, person));
    const facts = { ...own, id, label: "Alpaca", desired: "disconnected", settings: {}, builtIn: false } as const;
    await connections.insert(db, { ...facts, createdAt: 1 });
    const envelope = await vault.seal({ ...own, connectionId: id, rowVersion: 1 }, { secretKey: `key of ${user}` });
    await credentials.insert(db, { connectionId: id, mode: "paper", envelope, hints: {}, at: 1 });
    const factor = { userId: user, version: 4 };
    const app = await sealTotp(vault, factor, `app of ${user}`);
    await secondFactors.beginTotp(db, { ...factor, envelope: app, createdAt: 1 });
    const hook = { userId: user, rowVersion: 1 };
    const sealed = await sealWebhook(vault, hook, { url: `https://example.com/${user}` });
    const webhook = { ...hook, envelope: sealed, host: "example.com", updatedAt: 1 };
    await db.transaction((tx) => alertWebhooks.put(tx, { ...webhook, lastDeliveredAt: null, lastError: null }, null));
  }
  const store = createRotationStore(db, clock);
  // Of any size, pages tell each row once, in the order of ids.
  for (const batch of [1, 2, 4, 100]) {
    expect(await findDamage({ vault, keys, store, batch })).toEqual({ rows: 9, damaged: [] });
  }

  const stop = new AbortController();
  let replaced = 0;
  const stopping = {
    ...store,
    replace: (...change: Parameters<typeof store.replace>) => {
      if ((replaced += 1) === 5) stop.abort();
      return store.replace(...change);
    },
  };
  await expect(rotateKeys({ vault, keys, store: stopping, signal: stop.signal })).rejects.toThrow(/abort/i);
  expect(await isRotating({ vault, keys, store })).toBe(true);
  expect(await rotateKeys({ vault, keys, store })).toMatchObject({ version: 2, resealed: 4, damaged: [] });
  expect(await isRotating({ vault, keys, store })).toBe(false);
  for (const user of NAMES) {
    const factor = await secondFactors.findTotp(db, user);
    const hook = await alertWebhooks.find(db, user);
    if (factor === null || hook === null) throw new Error("a row is gone");
    expect({ version: factor.version, secret: await openTotp(vault, factor) }).toEqual({
      version: 5,
      secret: `app of ${user}`,
    });
    expect(await openWebhook(vault, hook)).toEqual({ url: `https://example.com/${user}` });
  }
  await db.execute(sql`update totp_factors set version = version + 1 where user_id = 'bob'`);
  const { damaged } = await findDamage({ vault, keys, store });
  expect(damaged).toMatchObject([
    { name: "the authenticator app of bob", why: expect.stringContaining("NOT_AUTHENTIC") },
  ]);
});
