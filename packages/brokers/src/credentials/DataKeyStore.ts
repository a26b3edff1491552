import type { UserId } from "../domain/ids.ts";
import type { Mode } from "../domain/Mode.ts";

/** A data key, wrapped: only the key-encryption key opens it. Safe to store and to back up. */
export interface WrappedDataKey {
  /** 32 hexadecimal digits. */
  readonly id: string;
  readonly userId: UserId;
  readonly mode: Mode;
  /** Version of the key-encryption key that wrapped it. */
  readonly kekVersion: number;
  /** `iv.ciphertext.tag`, each base64url. */
  readonly wrapped: string;
}

/** Where wrapped data keys live; one current key per (user, mode). */
export interface DataKeyStore {
  findCurrent(userId: UserId, mode: Mode): Promise<WrappedDataKey | null>;
  findById(id: string): Promise<WrappedDataKey | null>;
  /** Stores `key` unless (user, mode) has one already; answers the one that is current now. Durable once resolved. */
  insert(key: WrappedDataKey): Promise<WrappedDataKey>;
}
