import { expect, it } from "vitest";
import { BrokerCredentialStore } from "../../BrokerCredentialStore.ts";
import { SeededRandom } from "../../random/SeededRandom.ts";
import { findDamage, isRotating, rotateKeys } from "../rotateKeys.ts";
import { attackVault } from "./attackVault.ts";
import { MemoryVault, scopeOf } from "./MemoryVault.ts";
import { sweepRotation } from "./sweepRotation.ts";

/** `pnpm attack:vault` does the same in the numbers. */
const SEED = 20_261_123;

it("[VT8] no single-bit flip opens, nor an envelope in another row", { timeout: 120_000 }, async () => {
  const result = await attackVault({ envelopes: 3, swaps: 500 }, new SeededRandom(SEED));
  expect(result, `seed ${SEED}`).toMatchObject({ swaps: 500, accepted: 0 });
  expect(result.bitFlips).toBeGreaterThan(3_000);
});

it("[VT9] a rotation that is killed at any write goes on, while every read opens", { timeout: 120_000 }, async () => {
  const result = await sweepRotation({ credentials: 200, kills: 12 }, new SeededRandom(SEED));
  expect(result, `seed ${SEED}`).toMatchObject({ kills: 12, failedReads: 0, opened: 200, isRotating: false });
  expect(result.reads).toBeGreaterThan(100);
  expect(result.version).toBeGreaterThan(1);
});

it("[VT14] a damaged row is named and left alone, and the others rotate", async () => {
  const tables = new MemoryVault();
  const keys = tables.openKeys();
  const vault = new BrokerCredentialStore({ keyEncryptionKey: keys.ring, dataKeys: tables });
  for (let index = 0; index < 6; index += 1)
    tables.put(scopeOf(index), await vault.seal(scopeOf(index), { secretKey: `${index}` }));
  const damaged = tables.row(scopeOf(3).connectionId);
  tables.put(damaged.scope, `${damaged.envelope.slice(0, -2)}AA`);
  tables.put(scopeOf(4), "no envelope");
  const parts = { vault, keys, store: tables };
  const names = [3, 4].map((index) => tables.row(scopeOf(index).connectionId).name);
  for (const version of [2, 3]) {
    const report = await rotateKeys(parts);
    expect(report).toMatchObject({ version, resealed: 4 });
    expect(report.damaged.map(({ name }) => name)).toEqual(names);
    expect(await isRotating(parts)).toBe(false);
  }
  const found = await findDamage(parts);
  expect([found.rows, ...found.damaged.map(({ name }) => name)]).toEqual([6, ...names]);
  expect(tables.row(scopeOf(4).connectionId).envelope).toBe("no envelope");
  const { scope, envelope } = tables.row(scopeOf(5).connectionId);
  expect(await vault.open(scope, envelope)).toEqual({ secretKey: "5" });
});
