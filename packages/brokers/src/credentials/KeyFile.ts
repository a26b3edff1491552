import { randomBytes } from "node:crypto";
import { link, mkdir, open, readFile, stat, unlink } from "node:fs/promises";
import { dirname } from "node:path";
import { KEY_LENGTH } from "./aead.ts";

/** The key that wraps all data keys. */
export interface KeyEncryptionKey {
  /** From 1, rises with each rotation. */
  readonly version: number;
  /** 32 bytes. */
  readonly key: Buffer;
}

/**
 * - `KEY_FILE_EXPOSED`: others may read it; `chmod 600` cures it, and a new key is wise.
 * - `KEY_FILE_MALFORMED`: not a key file. - `KEY_FILE_UNUSABLE`: it cannot be read, or not be made.
 * - `KEY_FILE_MISSING`: it is gone, and sealed secrets need it.
 */
export type KeyFileErrorCode = "KEY_FILE_EXPOSED" | "KEY_FILE_MALFORMED" | "KEY_FILE_UNUSABLE" | "KEY_FILE_MISSING";

export class KeyFileError extends Error {
  override readonly name = "KeyFileError";
  readonly code: KeyFileErrorCode;
  readonly path: string;

  constructor(code: KeyFileErrorCode, path: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.path = path;
  }
}

/** One line: what it is, the version of the key, the key as base64url. */
const GRAMMAR = /^trenddojo-key v1 ([1-9]\d{0,8}) ([\w-]{43})\n?$/;
const OTHERS = 0o077;

/**
 * The key-encryption key in the file at `path`, made with mode 0600 at the first start. Two processes that start at once
 * get the same key; a crash leaves no half-written file.
 * @param countSealed asked only where there is no file: how many stored secrets a key that is gone has sealed. Above
 * zero none is made, because a new key would open none of them. @default none
 * @throws KeyFileError
 */
export async function loadOrCreateKeyFile(
  path: string,
  countSealed: () => Promise<number> = () => Promise.resolve(0),
): Promise<KeyEncryptionKey> {
  const stored = await readKeyFile(path);
  if (stored !== null) return stored;
  const sealed = await countSealed();
  if (sealed === 0) return createKeyFile(path);
  const needed = sealed === 1 ? "1 sealed credential needs it" : `${sealed} sealed credentials need it`;
  throw new KeyFileError(
    "KEY_FILE_MISSING",
    path,
    `the key file ${path} is missing and ${needed}: restore it from a backup, or set CREDENTIAL_KEY to the key that it held`,
  );
}

/** Null where there is no file. @throws KeyFileError */
async function readKeyFile(path: string): Promise<KeyEncryptionKey | null> {
  let text: string;
  try {
    const { mode } = await stat(path);
    // Windows has no such bits.
    if (process.platform !== "win32" && (mode & OTHERS) !== 0) {
      throw new KeyFileError(
        "KEY_FILE_EXPOSED",
        path,
        `others may read the key file ${path}: chmod 600 it, and think of a new key`,
      );
    }
    text = await readFile(path, "utf8");
  } catch (cause) {
    if (cause instanceof KeyFileError) throw cause;
    if (hasCode(cause, "ENOENT")) return null;
    throw new KeyFileError("KEY_FILE_UNUSABLE", path, `the key file ${path} cannot be read`, { cause });
  }
  const [, version, encoded] = GRAMMAR.exec(text) ?? [];
  if (version === undefined || encoded === undefined) {
    throw new KeyFileError(
      "KEY_FILE_MALFORMED",
      path,
      `${path} is not a key file; restore it from a backup, sealed credentials need it`,
    );
  }
  return { version: Number(version), key: Buffer.from(encoded, "base64url") };
}

async function createKeyFile(path: string): Promise<KeyEncryptionKey> {
  const key = randomBytes(KEY_LENGTH);
  const draft = `${path}.${randomBytes(6).toString("hex")}`;
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await writeDurably(draft, `trenddojo-key v1 1 ${key.toString("base64url")}\n`);
    try {
      // Unlike a rename, a link never replaces the key of a process that was quicker.
      await link(draft, path);
    } finally {
      await unlink(draft);
    }
    await syncFolder(dirname(path));
  } catch (cause) {
    if (!hasCode(cause, "EEXIST")) {
      throw new KeyFileError("KEY_FILE_UNUSABLE", path, `the key file ${path} cannot be made`, { cause });
    }
  }
  const stored = await readKeyFile(path);
  if (stored === null)
    throw new KeyFileError("KEY_FILE_UNUSABLE", path, `the key file ${path} vanished while it was made`);
  return stored;
}

async function writeDurably(path: string, text: string): Promise<void> {
  const file = await open(path, "wx", 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** The name is in the folder, and survives a power loss only once the folder is on the disk too. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === "win32") return;
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
