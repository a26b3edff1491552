import type { Sealed } from "./aead.ts";
import { VaultError } from "./VaultError.ts";

/** A sealed secret as one line of text: `v1.a256gcm.KEK_VERSION.DATA_KEY_ID.IV.CIPHERTEXT.TAG`, binary parts base64url. */
export interface Envelope extends Sealed {
  readonly kekVersion: number;
  readonly dataKeyId: string;
}

export const ENVELOPE_VERSION = "v1";
const ALGORITHM = "a256gcm";
const GRAMMAR = /^v1\.a256gcm\.([1-9]\d{0,8})\.([0-9a-f]{32})\.([\w-]+)\.([\w-]+)\.([\w-]+)$/;

export function formatEnvelope({ kekVersion, dataKeyId, iv, ciphertext, tag }: Envelope): string {
  return [ENVELOPE_VERSION, ALGORITHM, kekVersion, dataKeyId, formatSealed({ iv, ciphertext, tag })].join(".");
}

/** @throws VaultError MALFORMED_ENVELOPE */
export function parseEnvelope(text: string): Envelope {
  const [, kekVersion, dataKeyId, iv, ciphertext, tag] = GRAMMAR.exec(text) ?? [];
  if (
    kekVersion === undefined ||
    dataKeyId === undefined ||
    iv === undefined ||
    ciphertext === undefined ||
    tag === undefined
  ) {
    throw new VaultError("MALFORMED_ENVELOPE", "not an envelope that this version of TrendDojo can open");
  }
  return { kekVersion: Number(kekVersion), dataKeyId, ...fromParts(iv, ciphertext, tag) };
}

/** `IV.CIPHERTEXT.TAG`, base64url. */
export function formatSealed({ iv, ciphertext, tag }: Sealed): string {
  return [iv, ciphertext, tag].map((part) => part.toString("base64url")).join(".");
}

/** @throws VaultError MALFORMED_ENVELOPE */
export function parseSealed(text: string): Sealed {
  const [iv, ciphertext, tag, ...rest] = text.split(".");
  if (iv === undefined || ciphertext === undefined || tag === undefined || rest.length > 0) {
    throw new VaultError("MALFORMED_ENVELOPE", "a wrapped data key has three parts");
  }
  return fromParts(iv, ciphertext, tag);
}

function fromParts(iv: string, ciphertext: string, tag: string): Sealed {
  return { iv: fromBase64url(iv), ciphertext: fromBase64url(ciphertext), tag: fromBase64url(tag) };
}

/** Some texts decode to the same bytes; only the one that we write is taken. */
function fromBase64url(text: string): Buffer {
  const bytes = Buffer.from(text, "base64url");
  if (bytes.toString("base64url") !== text) throw new VaultError("MALFORMED_ENVELOPE", "a part of it is not base64url");
  return bytes;
}
