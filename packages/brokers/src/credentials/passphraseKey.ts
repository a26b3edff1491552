import { createHash, createHmac, randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { KEY_LENGTH } from "./aead.ts";

/** N = 2^17, r = 8, p = 1, as OWASP asks for at least: 128 MiB and about 0.4 s, once at the start. */
export interface ScryptCost {
  readonly logN: number;
  readonly r: number;
  readonly p: number;
}
export const SCRYPT_COST: ScryptCost = { logN: 17, r: 8, p: 1 };
const SALT_LENGTH = 16;

/** How a passphrase becomes a key. Not secret: the verifier tells a wrong passphrase from a right one, and no more. */
export interface PassphraseHeader extends ScryptCost {
  readonly salt: Buffer;
  readonly verifier: Buffer;
}

/** @throws what scrypt throws where the machine has not the memory */
export async function createPassphraseKey(
  passphrase: Buffer,
  cost: ScryptCost = SCRYPT_COST,
): Promise<{ readonly header: PassphraseHeader; readonly key: Buffer }> {
  const salt = randomBytes(SALT_LENGTH);
  const { key, verifier } = await derive(passphrase, { ...cost, salt });
  return { header: { ...cost, salt, verifier }, key };
}

/** Null for a wrong passphrase. */
export async function openPassphraseKey(passphrase: Buffer, header: PassphraseHeader): Promise<Buffer | null> {
  const { key, verifier } = await derive(passphrase, header);
  if (header.verifier.length === verifier.length && timingSafeEqual(verifier, header.verifier)) return key;
  key.fill(0);
  return null;
}

async function derive(passphrase: Buffer, { logN, r, p, salt }: ScryptCost & { readonly salt: Buffer }) {
  const N = 2 ** logN;
  const bytes = await new Promise<Buffer>((resolve, reject) => {
    const options = { N, r, p, maxmem: 256 * N * r };
    scrypt(passphrase, salt, 2 * KEY_LENGTH, options, (error, derived) =>
      error === null ? resolve(derived) : reject(error),
    );
  });
  // The half that wraps says nothing about the half that verifies.
  const verifier = createHmac("sha256", bytes.subarray(KEY_LENGTH)).update("trenddojo-key verifier").digest();
  const key = Buffer.from(bytes.subarray(0, KEY_LENGTH));
  bytes.fill(0);
  return { key, verifier };
}

/** Of the lines above it: a damaged file is told apart from a wrong passphrase. */
export function checksumOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
