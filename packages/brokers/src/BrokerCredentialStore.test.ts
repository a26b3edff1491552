import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BrokerCredentialStore } from "./BrokerCredentialStore.ts";
import type { CredentialScope } from "./credentials/CredentialScope.ts";
import { MemoryDataKeyStore } from "./credentials/MemoryDataKeyStore.ts";
import { connectionId, userId } from "./domain/ids.ts";

const KEY = { version: 1, key: Buffer.alloc(32, 1) };
const CREDENTIALS = { keyId: "PK-TEST-KEY-ID", secretKey: "correct horse battery staple" };

function scope(change: Partial<CredentialScope> = {}): CredentialScope {
  return {
    userId: userId("ada"),
    broker: "alpaca",
    mode: "paper",
    connectionId: connectionId("c-1"),
    rowVersion: 1,
    ...change,
  };
}

function vault(dataKeys = new MemoryDataKeyStore(), keyEncryptionKey = KEY) {
  return { dataKeys, store: new BrokerCredentialStore({ keyEncryptionKey, dataKeys }) };
}

describe("the credential store", () => {
  it("[VT1] what was sealed opens in a new process that has the same key and store", async () => {
    const { store, dataKeys } = vault();
    const envelope = await store.seal(scope(), CREDENTIALS);
    expect(await vault(dataKeys).store.open(scope(), envelope)).toEqual(CREDENTIALS);
  });

  it("[VT1] anything that a form can hold comes back as it was", async () => {
    const { store } = vault();
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(fc.stringMatching(/^[a-z][A-Za-z0-9]{0,20}$/), fc.string()),
        async (credentials) => {
          expect(await store.open(scope(), await store.seal(scope(), credentials))).toEqual({ ...credentials });
        },
      ),
    );
  });

  it("[VT1] an envelope is one line of known form, without the secret", async () => {
    const { store, dataKeys } = vault();
    const envelope = await store.seal(scope(), CREDENTIALS);
    expect(envelope).toMatch(/^v1\.a256gcm\.1\.[0-9a-f]{32}(\.[\w-]+){3}$/);
    const stored = JSON.stringify(await dataKeys.findCurrent(userId("ada"), "paper")) + envelope;
    for (const secret of [...Object.values(CREDENTIALS), KEY.key.toString("base64url")]) {
      expect(stored).not.toContain(secret);
      expect(stored).not.toContain(Buffer.from(secret).toString("base64url"));
    }
    expect(await store.seal(scope(), CREDENTIALS)).not.toBe(envelope);
  });

  it.each<[string, Partial<CredentialScope>]>([
    ["another user", { userId: userId("bob") }],
    ["another broker", { broker: "paper" }],
    ["live instead of paper", { mode: "live" }],
    ["another connection", { connectionId: connectionId("c-2") }],
    ["a later row version", { rowVersion: 2 }],
    ["an earlier row version", { rowVersion: 0 }],
  ])("[VT2] an envelope does not open for %s", async (_what, change) => {
    const { store } = vault();
    // Both have a data key of their own, so that it is the row that is refused and not a missing key.
    await store.seal(scope(change), CREDENTIALS);
    const envelope = await store.seal(scope(), CREDENTIALS);
    await expect(store.open(scope(change), envelope)).rejects.toMatchObject({
      name: "VaultError",
      code: "NOT_AUTHENTIC",
    });
  });

  it("[VT2] a data key that was moved to another user or mode does not open there", async () => {
    const { store, dataKeys } = vault();
    const envelope = await store.seal(scope(), CREDENTIALS);
    const key = await dataKeys.findCurrent(userId("ada"), "paper");
    if (key === null) throw new Error("sealing makes a data key");
    for (const moved of [
      { ...key, mode: "live" as const },
      { ...key, userId: userId("bob") },
    ]) {
      const elsewhere = new MemoryDataKeyStore();
      await elsewhere.insert(moved);
      const opening = vault(elsewhere).store.open(scope({ mode: moved.mode, userId: moved.userId }), envelope);
      await expect(opening).rejects.toMatchObject({ code: "NOT_AUTHENTIC" });
    }
  });

  it("[VT3] no change of a single character opens", async () => {
    const { store } = vault();
    const envelope = await store.seal(scope(), CREDENTIALS);
    for (let index = 0; index < envelope.length; index += 1) {
      const other = envelope[index] === "A" ? "B" : "A";
      const changed = envelope.slice(0, index) + other + envelope.slice(index + 1);
      const opening = store.open(scope(), changed).then(
        () => "opened",
        () => "refused",
      );
      expect(await opening, `character ${index}`).toBe("refused");
    }
  });

  it("[VT3] another text for the same bytes does not open either", async () => {
    const { store } = vault();
    const envelope = await store.seal(scope(), CREDENTIALS);
    // 22 characters hold 132 bits, the tag 128: the last character's low bits mean nothing.
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    const twin = envelope.slice(0, -1) + alphabet.charAt(alphabet.indexOf(envelope.slice(-1)) + 1);
    expect(Buffer.from(twin.slice(-22), "base64url")).toEqual(Buffer.from(envelope.slice(-22), "base64url"));
    await expect(store.open(scope(), twin)).rejects.toMatchObject({ code: "MALFORMED_ENVELOPE" });
  });

  it.each([
    "",
    "v1",
    "v2.a256gcm.1.x.y.z.w",
    "v1.a256gcm.0.00000000000000000000000000000000.aa.aa.aa",
    "not an envelope",
  ])("[VT3] %j is not an envelope", async (text) => {
    await expect(vault().store.open(scope(), text)).rejects.toMatchObject({ code: "MALFORMED_ENVELOPE" });
  });

  it("[VT4] each user has a data key a mode, also when many seals race", async () => {
    const { store, dataKeys } = vault();
    const scopes = (["mock", "paper", "live"] as const).flatMap((mode) =>
      ["ada", "bob"].flatMap((user) =>
        Array.from({ length: 5 }, (_, index) =>
          scope({ mode, userId: userId(user), connectionId: connectionId(`c-${index}`) }),
        ),
      ),
    );
    const envelopes = await Promise.all(scopes.map((each) => store.seal(each, CREDENTIALS)));
    expect(new Set(envelopes.map((envelope) => envelope.split(".")[3])).size).toBe(6);
    for (const [index, envelope] of envelopes.entries())
      expect(await store.open(scopes[index] ?? scope(), envelope)).toEqual(CREDENTIALS);
    expect((await dataKeys.findCurrent(userId("ada"), "live"))?.mode).toBe("live");
  });

  it("[VT4] a missing data key, and one wrapped by another key, are told apart", async () => {
    const { store, dataKeys } = vault();
    const envelope = await store.seal(scope(), CREDENTIALS);
    await expect(vault().store.open(scope(), envelope)).rejects.toMatchObject({ code: "DATA_KEY_MISSING" });
    await expect(
      vault(dataKeys, { version: 2, key: Buffer.alloc(32, 2) }).store.open(scope(), envelope),
    ).rejects.toMatchObject({ code: "KEY_VERSION_MISMATCH" });
    await expect(
      vault(dataKeys, { version: 1, key: Buffer.alloc(32, 2) }).store.open(scope(), envelope),
    ).rejects.toMatchObject({ code: "NOT_AUTHENTIC" });
  });

  it("[VT5] no error carries a secret or an envelope", async () => {
    const { store, dataKeys } = vault();
    const envelope = await store.seal(scope(), CREDENTIALS);
    const failures = await Promise.allSettled([
      store.open(scope({ rowVersion: 9 }), envelope),
      store.open(scope(), `${envelope}x`),
      vault().store.open(scope(), envelope),
      vault(dataKeys, { version: 1, key: Buffer.alloc(32, 9) }).store.open(scope(), envelope),
    ]);
    for (const failure of failures) {
      const told =
        failure.status === "rejected"
          ? `${String(failure.reason)} ${JSON.stringify(failure.reason, Object.getOwnPropertyNames(failure.reason))}`
          : "";
      expect(told).toContain("VaultError");
      for (const secret of [...Object.values(CREDENTIALS), envelope]) expect(told).not.toContain(secret);
    }
  });

  it("[VT1] a key of another length is refused at once", () => {
    expect(() => vault(new MemoryDataKeyStore(), { version: 1, key: Buffer.alloc(16) })).toThrow(RangeError);
  });
});
