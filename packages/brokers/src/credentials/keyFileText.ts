import { decrypt, encrypt, lengthPrefixed } from "./aead.ts";
import { formatSealed, parseSealed } from "./envelope.ts";
import type { KeyEncryptionKey } from "./KeyRing.ts";
import { checksumOf, type PassphraseHeader } from "./passphraseKey.ts";

/**
 * What is in a key file. Plain, a line a key, newest first; during a rotation there are two:
 *
 *     trenddojo-key v1 VERSION KEY
 *
 * Protected by a passphrase: how it becomes a key, each key sealed by that, and the SHA-256 of the lines above:
 *
 *     trenddojo-key v2 scrypt LOG_N R P SALT VERIFIER
 *     key VERSION IV.CIPHERTEXT.TAG
 *     sum SHA256
 *
 * Keys, salts and what is sealed are base64url.
 */
export type KeyFileContent =
  | { readonly kind: "plain"; readonly keys: readonly KeyEncryptionKey[] }
  | { readonly kind: "protected"; readonly header: PassphraseHeader; readonly sealedKeys: readonly SealedKey[] };

export interface SealedKey {
  readonly version: number;
  readonly sealed: string;
}

const PLAIN = /^trenddojo-key v1 ([1-9]\d{0,8}) ([\w-]{43})$/;
const HEADER = /^trenddojo-key v2 scrypt (1[0-9]|2[0-2]) ([1-9]|[12]\d|3[0-2]) ([1-9]) ([\w-]{22}) ([\w-]{43})$/;
const SEALED = /^key ([1-9]\d{0,8}) ([\w-]+\.[\w-]+\.[\w-]+)$/;
const SUM = /^sum ([0-9a-f]{64})$/;

/** Null for what is not a whole key file. */
export function parseKeyFile(text: string): KeyFileContent | null {
  const lines = text.replace(/\n$/, "").split("\n");
  return HEADER.test(lines[0] ?? "") ? parseProtected(lines) : parsePlain(lines);
}

export function formatPlainKeys(keys: readonly KeyEncryptionKey[]): string {
  return keys.map(({ version, key }) => `trenddojo-key v1 ${version} ${key.toString("base64url")}\n`).join("");
}

export function formatProtectedKeys(
  keys: readonly KeyEncryptionKey[],
  header: PassphraseHeader,
  passphraseKey: Buffer,
): string {
  const { logN, r, p, salt, verifier } = header;
  const first = `trenddojo-key v2 scrypt ${logN} ${r} ${p} ${salt.toString("base64url")} ${verifier.toString("base64url")}\n`;
  const rest = keys.map(({ version, key }) => {
    const sealed = encrypt(passphraseKey, key, context(header, version));
    return `key ${version} ${formatSealed(sealed)}\n`;
  });
  const body = first + rest.join("");
  return `${body}sum ${checksumOf(body)}\n`;
}

/** @throws VaultError where it is damaged */
export function openSealedKey(
  { version, sealed }: SealedKey,
  header: PassphraseHeader,
  passphraseKey: Buffer,
): KeyEncryptionKey {
  return { version, key: decrypt(passphraseKey, parseSealed(sealed), context(header, version)) };
}

function context({ logN, r, p, salt }: PassphraseHeader, version: number): Buffer {
  return lengthPrefixed(["v2", "key-file", logN, r, p, salt.toString("base64url"), version]);
}

function parsePlain(lines: readonly string[]): KeyFileContent | null {
  const keys: KeyEncryptionKey[] = [];
  for (const line of lines) {
    const [, version, key] = PLAIN.exec(line) ?? [];
    if (version === undefined || key === undefined) return null;
    keys.push({ version: Number(version), key: Buffer.from(key, "base64url") });
  }
  return hasVersionsOnce(keys) ? { kind: "plain", keys } : null;
}

function parseProtected(lines: readonly string[]): KeyFileContent | null {
  const [first = "", ...rest] = lines;
  const [, sum] = SUM.exec(rest.at(-1) ?? "") ?? [];
  if (sum === undefined || checksumOf(`${lines.slice(0, -1).join("\n")}\n`) !== sum) return null;
  const [, logN, r, p, salt = "", verifier = ""] = HEADER.exec(first) ?? [];
  const sealedKeys: SealedKey[] = [];
  for (const line of rest.slice(0, -1)) {
    const [, version, sealed] = SEALED.exec(line) ?? [];
    if (version === undefined || sealed === undefined) return null;
    sealedKeys.push({ version: Number(version), sealed });
  }
  if (!hasVersionsOnce(sealedKeys)) return null;
  const header = {
    logN: Number(logN),
    r: Number(r),
    p: Number(p),
    salt: Buffer.from(salt, "base64url"),
    verifier: Buffer.from(verifier, "base64url"),
  };
  return { kind: "protected", header, sealedKeys };
}

function hasVersionsOnce(keys: readonly { readonly version: number }[]): boolean {
  return keys.length > 0 && new Set(keys.map(({ version }) => version)).size === keys.length;
}
