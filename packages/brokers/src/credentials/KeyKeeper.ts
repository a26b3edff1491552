import { type KeyEncryptionKey, KeyRing } from "./KeyRing.ts";

/** Where the key-encryption keys come from, and where a new one is kept. */
export interface KeyKeeper {
  readonly source: "file" | "passphrase" | "environment";
  readonly ring: KeyRing;
  /**
   * Makes the next version and keeps it beside the others, durably once resolved; it wraps from then on.
   * Null where this source is not the desk's to change: the environment.
   */
  readonly addKey: (() => Promise<KeyEncryptionKey>) | null;
  /** Forgets all but the newest, durably once resolved. Null as `addKey`. */
  readonly dropOldKeys: (() => Promise<void>) | null;
}

/** Keys that whoever started the process has given it, newest or only one first in use. */
export function givenKeys(...keys: readonly KeyEncryptionKey[]): KeyKeeper {
  return { source: "environment", ring: new KeyRing(keys), addKey: null, dropOldKeys: null };
}
