import { randomBytes } from "node:crypto";
import { link, mkdir, open, readFile, rename, stat, unlink } from "node:fs/promises";
import { dirname } from "node:path";
import { KEY_LENGTH } from "./aead.ts";
import { KeyFileError } from "./KeyFileError.ts";
import {
  formatPlainKeys,
  formatProtectedKeys,
  openSealedKey,
  parseKeyFile,
  type KeyFileContent,
} from "./keyFileText.ts";
import type { KeyKeeper } from "./KeyKeeper.ts";
import { type KeyEncryptionKey, KeyRing } from "./KeyRing.ts";
import {
  createPassphraseKey,
  openPassphraseKey,
  SCRYPT_COST,
  type PassphraseHeader,
  type ScryptCost,
} from "./passphraseKey.ts";
import { VaultError } from "./VaultError.ts";

const OTHERS = 0o077;

export interface KeyFileOptions {
  /**
   * Asked only where there is no file: how many stored secrets a key that is gone has sealed. Above zero none is made,
   * because a new key would open none of them. @default none
   */
  readonly countSealed?: () => Promise<number>;
  /** Protects the file; a plain one is protected in place. @default the file is plain */
  readonly passphrase?: Buffer | undefined;
  /** Of a file that is protected now. @default SCRYPT_COST */
  readonly cost?: ScryptCost;
}

/** How the keys become a file's text. */
type Writer = (keys: readonly KeyEncryptionKey[]) => string;

/**
 * The key-encryption keys in the file at `path`, made with mode 0600 at the first start. Two processes that start at once
 * get the same key; a crash leaves no half-written file. @throws KeyFileError
 */
export async function openKeyFile(path: string, options: KeyFileOptions = {}): Promise<KeyKeeper> {
  const { passphrase } = options;
  const content = (await readKeyFile(path)) ?? (await makeKeyFile(path, options));
  const { keys, write } = await unlock(path, content, options);
  const ring = new KeyRing(keys);
  return {
    source: passphrase === undefined ? "file" : "passphrase",
    ring,
    async addKey() {
      const next = { version: ring.current.version + 1, key: randomBytes(KEY_LENGTH) };
      const all = [next, ...ring.all];
      await replaceFile(path, write(all));
      ring.replace(all);
      return next;
    },
    async dropOldKeys() {
      await replaceFile(path, write([ring.current]));
      ring.replace([ring.current]);
    },
  };
}

async function unlock(
  path: string,
  content: KeyFileContent,
  { passphrase, cost = SCRYPT_COST }: KeyFileOptions,
): Promise<{ readonly keys: readonly KeyEncryptionKey[]; readonly write: Writer }> {
  if (content.kind === "plain") {
    const { keys } = content;
    if (passphrase === undefined) return { keys, write: formatPlainKeys };
    const { header, key } = await createPassphraseKey(passphrase, cost);
    const write = writerOf(header, key);
    await replaceFile(path, write(keys));
    return { keys, write };
  }
  if (passphrase === undefined) {
    throw new KeyFileError(
      "PASSPHRASE_MISSING",
      path,
      `the key file ${path} is protected: set CREDENTIAL_PASSPHRASE_FILE to a file with its passphrase, or CREDENTIAL_PASSPHRASE`,
    );
  }
  const key = await openPassphraseKey(passphrase, content.header);
  if (key === null) {
    throw new KeyFileError(
      "PASSPHRASE_WRONG",
      path,
      `the passphrase does not open the key file ${path}, which is whole: give the one that it was protected with`,
    );
  }
  try {
    const keys = content.sealedKeys.map((each) => openSealedKey(each, content.header, key));
    return { keys, write: writerOf(content.header, key) };
  } catch (cause) {
    if (!(cause instanceof VaultError)) throw cause;
    throw malformed(path, cause);
  }
}

const writerOf =
  (header: PassphraseHeader, key: Buffer): Writer =>
  (keys) =>
    formatProtectedKeys(keys, header, key);

/** Null where there is no file. @throws KeyFileError */
async function readKeyFile(path: string): Promise<KeyFileContent | null> {
  let text: string;
  try {
    const { mode, uid } = await stat(path);
    // Windows has no such bits.
    if (process.platform !== "win32" && (mode & OTHERS) !== 0) {
      throw new KeyFileError(
        "KEY_FILE_EXPOSED",
        path,
        `others may read the key file ${path}: chmod 600 it, and think of a new key`,
      );
    }
    if (process.getuid !== undefined && uid !== process.getuid()) {
      throw new KeyFileError(
        "KEY_FILE_EXPOSED",
        path,
        `the key file ${path} belongs to user ${uid} and the desk runs as ${process.getuid()}: chown it, or run the desk as its owner`,
      );
    }
    text = await readFile(path, "utf8");
  } catch (cause) {
    if (cause instanceof KeyFileError) throw cause;
    if (hasCode(cause, "ENOENT")) return null;
    throw new KeyFileError("KEY_FILE_UNUSABLE", path, `the key file ${path} cannot be read`, { cause });
  }
  const content = parseKeyFile(text);
  if (content === null) throw malformed(path);
  return content;
}

function malformed(path: string, cause?: unknown): KeyFileError {
  const message = `${path} is not a key file, or damaged; restore it from a backup, sealed credentials need it`;
  return new KeyFileError("KEY_FILE_MALFORMED", path, message, { cause });
}

/** A new key, at first plain: whoever opens the file protects it. @throws KeyFileError */
async function makeKeyFile(path: string, { countSealed }: KeyFileOptions): Promise<KeyFileContent> {
  const sealed = (await countSealed?.()) ?? 0;
  if (sealed > 0) {
    const needed = sealed === 1 ? "1 sealed credential needs it" : `${sealed} sealed credentials need it`;
    throw new KeyFileError(
      "KEY_FILE_MISSING",
      path,
      `the key file ${path} is missing and ${needed}: restore it from a backup, or set CREDENTIAL_KEY to the key that it held`,
    );
  }
  const draft = `${path}.${randomBytes(6).toString("hex")}`;
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await writeDurably(draft, formatPlainKeys([{ version: 1, key: randomBytes(KEY_LENGTH) }]));
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

/** Old or new, never half: also after a power loss. @throws KeyFileError */
async function replaceFile(path: string, text: string): Promise<void> {
  const draft = `${path}.${randomBytes(6).toString("hex")}`;
  try {
    await writeDurably(draft, text);
    await rename(draft, path);
    await syncFolder(dirname(path));
  } catch (cause) {
    throw new KeyFileError("KEY_FILE_UNUSABLE", path, `the key file ${path} cannot be written`, { cause });
  }
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
