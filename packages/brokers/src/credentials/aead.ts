import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { VaultError } from "./VaultError.ts";

/** AES-256-GCM with a random 96-bit IV and a 128-bit tag, NIST SP 800-38D. */
const ALGORITHM = "aes-256-gcm";
/** Bytes. */
export const KEY_LENGTH = 32;
const IV_LENGTH = 12;
const TAG_LENGTH = 16;

export interface Sealed {
  readonly iv: Buffer;
  readonly ciphertext: Buffer;
  readonly tag: Buffer;
}

export function encrypt(key: Buffer, plaintext: Buffer, authenticated: Buffer): Sealed {
  const iv = randomBytes(IV_LENGTH);
  const cipher = createCipheriv(ALGORITHM, key, iv, { authTagLength: TAG_LENGTH }).setAAD(authenticated);
  const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  return { iv, ciphertext, tag: cipher.getAuthTag() };
}

/** @throws VaultError NOT_AUTHENTIC when the key, the ciphertext or what was authenticated differs in a single bit. */
export function decrypt(key: Buffer, { iv, ciphertext, tag }: Sealed, authenticated: Buffer): Buffer {
  if (iv.length !== IV_LENGTH || tag.length !== TAG_LENGTH)
    throw new VaultError("MALFORMED_ENVELOPE", "the IV or the tag has a wrong length");
  const decipher = createDecipheriv(ALGORITHM, key, iv, { authTagLength: TAG_LENGTH })
    .setAAD(authenticated)
    .setAuthTag(tag);
  const begun = decipher.update(ciphertext);
  try {
    return Buffer.concat([begun, decipher.final()]);
  } catch (cause) {
    throw new VaultError("NOT_AUTHENTIC", "it was changed, moved to another row, or sealed with another key", {
      cause,
    });
  } finally {
    begun.fill(0);
  }
}

/** Each part with its length before it, so that no two lists of parts give the same bytes. */
export function lengthPrefixed(parts: readonly (string | number)[]): Buffer {
  return Buffer.concat(
    parts.flatMap((part) => {
      const bytes = Buffer.from(String(part), "utf8");
      const length = Buffer.alloc(4);
      length.writeUInt32BE(bytes.length);
      return [length, bytes];
    }),
  );
}
