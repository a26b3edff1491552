import { KEY_LENGTH } from "./aead.ts";

/** The key that wraps all data keys. */
export interface KeyEncryptionKey {
  /** From 1, rises with each rotation. */
  readonly version: number;
  /** 32 bytes. */
  readonly key: Buffer;
}

/** The key-encryption keys that are held now: one, or during a rotation the old ones too. The newest wraps. */
export class KeyRing {
  #keys: readonly KeyEncryptionKey[];

  /** @throws RangeError for none, a wrong length or two of one version */
  constructor(keys: readonly KeyEncryptionKey[]) {
    this.#keys = inOrder(keys);
  }

  get current(): KeyEncryptionKey {
    const [newest] = this.#keys;
    if (newest === undefined) throw new RangeError("a key ring has a key");
    return newest;
  }

  /** Newest first. */
  get all(): readonly KeyEncryptionKey[] {
    return this.#keys;
  }

  find(version: number): KeyEncryptionKey | null {
    return this.#keys.find((each) => each.version === version) ?? null;
  }

  /** What was held before, and is not any more, is overwritten. */
  replace(keys: readonly KeyEncryptionKey[]): void {
    const next = inOrder(keys);
    for (const { key } of this.#keys) if (!next.some((each) => each.key === key)) key.fill(0);
    this.#keys = next;
  }
}

function inOrder(keys: readonly KeyEncryptionKey[]): readonly KeyEncryptionKey[] {
  if (keys.length === 0) throw new RangeError("a key ring has a key");
  if (keys.some(({ key }) => key.length !== KEY_LENGTH))
    throw new RangeError(`a key-encryption key has ${KEY_LENGTH} bytes`);
  if (new Set(keys.map(({ version }) => version)).size < keys.length) throw new RangeError("two keys have one version");
  return [...keys].sort((a, b) => b.version - a.version);
}
