import { expect, test } from "vitest";
import { classifyDriverError } from "../driverError.ts";
import { describeEachDriver } from "../testing/describeEachDriver.ts";
import { failureOf, NOW, seedUser } from "../testing/fixtures.ts";
import * as passkeys from "./passkeys.ts";
import * as users from "./users.ts";

const KEY = { rpId: "desk.example", publicKey: "cG_-", transports: ["internal"], name: "Laptop", createdAt: NOW };

await describeEachDriver("passkeys", (db) => {
  test("[DB120] a credential is one person's, found with its person while they are here, and removed by them only", async () => {
    const ada = await seedUser(db(), "Ada");
    const bob = await seedUser(db(), "Bob");
    const row = { ...KEY, id: "a1", userId: ada.id, signCount: 0 };
    await passkeys.insert(db(), row);
    expect(await failureOf(passkeys.insert(db(), { ...row, userId: bob.id }), classifyDriverError)).toEqual({
      kind: "unique",
      constraint: "passkeys_pkey",
    });
    await passkeys.insert(db(), { ...row, id: "a2", createdAt: NOW + 1 });
    const stored = { ...row, lastUsedAt: null };
    expect(await passkeys.listByUser(db(), ada.id)).toEqual([stored, { ...stored, id: "a2", createdAt: NOW + 1 }]);
    expect(await passkeys.findWithUser(db(), "a1")).toEqual({ passkey: stored, user: ada });
    expect(await passkeys.remove(db(), bob.id, "a1")).toBeNull();
    expect(await passkeys.remove(db(), ada.id, "a1")).toBe("Laptop");
    expect(await passkeys.countByUser(db(), ada.id)).toBe(1);
    await users.remove(db(), ada.id, NOW);
    expect(await passkeys.findWithUser(db(), "a2")).toBeNull();
  });

  test("[DB121] a counter grows or stays 0: of two uses at once with the same one is written down", async () => {
    const eve = await seedUser(db(), "Eve");
    await passkeys.insert(db(), { ...KEY, id: "e1", userId: eve.id, signCount: 0 });
    const use = (signCount: number) => passkeys.use(db(), { id: "e1", signCount, at: NOW + signCount });
    expect([await use(0), await use(0)]).toEqual([true, true]);
    expect((await Promise.all([use(5), use(5)])).filter(Boolean)).toHaveLength(1);
    for (const old of [0, 4, 5]) expect(await use(old)).toBe(false);
    expect(await use(2 ** 32 - 1)).toBe(true);
    expect((await passkeys.listByUser(db(), eve.id))[0]).toMatchObject({
      signCount: 2 ** 32 - 1,
      lastUsedAt: NOW + 2 ** 32 - 1,
    });
    expect(await passkeys.use(db(), { id: "gone", signCount: 0, at: NOW })).toBe(false);
  });
});
