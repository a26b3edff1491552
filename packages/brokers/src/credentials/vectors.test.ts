import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { z } from "zod";
import { BrokerCredentialStore } from "../BrokerCredentialStore.ts";
import { connectionId, userId } from "../domain/ids.ts";
import { decrypt } from "./aead.ts";
import { openKeyFile } from "./KeyFile.ts";
import { MemoryDataKeyStore } from "./MemoryDataKeyStore.ts";
import { VaultError } from "./VaultError.ts";

const hex = z
  .string()
  .regex(/^([0-9a-f]{2})*$/)
  .transform((text) => Buffer.from(text, "hex"));
const vector = z.object({
  name: z.string(),
  key: hex,
  iv: hex,
  aad: hex,
  plaintext: hex,
  ciphertext: hex,
  tag: hex,
  valid: z.boolean(),
});
const published = z.object({ source: z.string(), license: z.string(), tests: z.array(vector).min(20) });
const vectors = z.object({ nist: published, wycheproof: published });

const frozen = z.object({
  envelopes: z.array(
    z.object({
      key: z.object({ version: z.number(), key: hex }),
      dataKey: z.object({
        id: z.string(),
        userId: z.string().transform(userId),
        mode: z.enum(["mock", "paper", "live"]),
        kekVersion: z.number(),
        wrapped: z.string(),
      }),
      scope: z.object({
        userId: z.string().transform(userId),
        broker: z.string(),
        mode: z.enum(["mock", "paper", "live"]),
        connectionId: z.string().transform(connectionId),
        rowVersion: z.number(),
      }),
      envelope: z.string(),
      credentials: z.record(z.string(), z.string()),
    }),
  ),
});

const frozenFiles = z.object({
  keyFiles: z.array(
    z.object({
      format: z.string(),
      text: z.string(),
      passphrase: z.string().nullable(),
      keys: z.array(z.object({ version: z.number(), key: hex })),
    }),
  ),
});

async function readJson(name: string): Promise<unknown> {
  return JSON.parse(await readFile(new URL(`./vectors/${name}`, import.meta.url), "utf8"));
}

type Vector = z.output<typeof vector>;

function opens({ key, aad, plaintext, ...sealed }: Vector): boolean {
  try {
    return decrypt(key, sealed, aad).equals(plaintext);
  } catch (error) {
    if (error instanceof VaultError) return false;
    throw error;
  }
}

it("[VT7] the vectors of NIST and of Wycheproof open where they are valid, and only there", async () => {
  const { nist, wycheproof } = vectors.parse(await readJson("aesGcm.json"));
  const all = [...nist.tests, ...wycheproof.tests];
  expect(all.filter((each) => opens(each) !== each.valid).map(({ name }) => name)).toEqual([]);
});

it("[VT10] envelopes of every format that was ever written open for ever", async () => {
  const { envelopes } = frozen.parse(await readJson("frozenEnvelopes.json"));
  expect(envelopes.length).toBeGreaterThan(0);
  for (const { key, dataKey, scope, envelope, credentials } of envelopes) {
    const dataKeys = new MemoryDataKeyStore();
    await dataKeys.insert(dataKey);
    const vault = new BrokerCredentialStore({ keyEncryptionKey: key, dataKeys });
    expect(await vault.open(scope, envelope)).toEqual(credentials);
  }
});

it("[VT20] key files of every format that was ever written open for ever, and are left as they are", async () => {
  const { keyFiles } = frozenFiles.parse(await readJson("frozenKeyFiles.json"));
  expect(keyFiles.map(({ format }) => format.slice(0, 2))).toEqual(["v1", "v1", "v2", "v2"]);
  const folder = await mkdtemp(join(tmpdir(), "frozen-key-"));
  try {
    for (const [index, { format, text, passphrase, keys }] of keyFiles.entries()) {
      const path = join(folder, `key-${index}`);
      await writeFile(path, text, { mode: 0o600 });
      const given = passphrase === null ? undefined : Buffer.from(passphrase, "utf8");
      const { ring } = await openKeyFile(path, { passphrase: given });
      expect({ format, keys: ring.all, text: await readFile(path, "utf8") }).toEqual({ format, keys, text });
    }
  } finally {
    await rm(folder, { recursive: true });
  }
});
