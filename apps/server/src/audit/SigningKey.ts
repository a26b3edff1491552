import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  sign,
  type KeyObject,
} from "node:crypto";
import { appendFile, link, open, readFile, stat, unlink } from "node:fs/promises";

const OTHERS = 0o077;
const PEM = /-----BEGIN PUBLIC KEY-----[^-]+-----END PUBLIC KEY-----/g;

/** The key file cannot be used; the message says what to do. */
export class SigningKeyError extends Error {
  override readonly name = "SigningKeyError";
}

/** The Ed25519 key that the desk signs where its audit log ends with. */
export interface SigningKey {
  /** SHA-256 of the public key (SPKI, DER), hexadecimal. */
  readonly keyId: string;
  /** Base64. */
  sign(text: string): string;
}

/** Public keys by their id. */
export type PublicKeys = ReadonlyMap<string, KeyObject>;

/** Where the public keys are of all that ever signed here: the newest last, PEM, for anyone to read. */
export function publicKeysPath(path: string): string {
  return `${path}.pub`;
}

/**
 * The key in the file at `path`, made with mode 0600 where there is none; its public key is in the file beside it then.
 * A new key after a lost one leaves what the lost one signed verifiable. @throws SigningKeyError
 */
export async function loadOrCreateSigningKey(path: string): Promise<SigningKey> {
  const privateKey = (await readKey(path)) ?? (await createKey(path));
  const publicKey = createPublicKey(privateKey);
  const keyId = keyIdOf(publicKey);
  if (!(await readPublicKeys(publicKeysPath(path))).has(keyId)) {
    await appendFile(publicKeysPath(path), publicKey.export({ type: "spki", format: "pem" }));
  }
  return { keyId, sign: (text) => sign(null, Buffer.from(text), privateKey).toString("base64") };
}

/** Those in a file of PEM blocks; none where there is no file. */
export async function readPublicKeys(path: string): Promise<PublicKeys> {
  const blocks = ((await readIfThere(path)) ?? "").match(PEM) ?? [];
  return new Map(blocks.map((block) => createPublicKey(block)).map((key) => [keyIdOf(key), key]));
}

function keyIdOf(publicKey: KeyObject): string {
  return createHash("sha256")
    .update(publicKey.export({ type: "spki", format: "der" }))
    .digest("hex");
}

async function readKey(path: string): Promise<KeyObject | null> {
  const text = await readIfThere(path);
  if (text === null) return null;
  // Windows has no such bits.
  if (process.platform !== "win32" && ((await stat(path)).mode & OTHERS) !== 0) {
    throw new SigningKeyError(`others may read the key file ${path}: chmod 600 it`);
  }
  try {
    const key = createPrivateKey(text);
    if (key.asymmetricKeyType === "ed25519") return key;
  } catch {
    // Said below; the cause could show a part of the key.
  }
  throw new SigningKeyError(
    `${path} is no Ed25519 key: restore it from a backup, or move it away and a new one is made`,
  );
}

async function createKey(path: string): Promise<KeyObject> {
  const { privateKey } = generateKeyPairSync("ed25519");
  const draft = `${path}.${randomBytes(6).toString("hex")}`;
  const file = await open(draft, "wx", 0o600);
  try {
    await file.writeFile(privateKey.export({ type: "pkcs8", format: "pem" }));
    await file.sync();
  } finally {
    await file.close();
  }
  try {
    // Unlike a rename, a link never replaces the key of a process that was quicker.
    await link(draft, path);
  } catch (error) {
    if (!hasCode(error, "EEXIST")) throw error;
  } finally {
    await unlink(draft);
  }
  const stored = await readKey(path);
  if (stored === null) throw new SigningKeyError(`the key file ${path} vanished while it was made`);
  return stored;
}

async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (hasCode(error, "ENOENT")) return null;
    throw error;
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
