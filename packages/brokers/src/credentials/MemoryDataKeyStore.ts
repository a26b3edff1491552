import type { UserId } from "../domain/ids.ts";
import type { Mode } from "../domain/Mode.ts";
import type { DataKeyStore, WrappedDataKey } from "./DataKeyStore.ts";

/** Wrapped data keys that live as long as the process. */
export class MemoryDataKeyStore implements DataKeyStore {
  readonly #keys = new Map<string, WrappedDataKey>();

  findCurrent(userId: UserId, mode: Mode): Promise<WrappedDataKey | null> {
    return Promise.resolve(this.#current(userId, mode) ?? null);
  }

  findById(id: string): Promise<WrappedDataKey | null> {
    return Promise.resolve(this.#keys.get(id) ?? null);
  }

  insert(key: WrappedDataKey): Promise<WrappedDataKey> {
    const current = this.#current(key.userId, key.mode);
    if (current === undefined) this.#keys.set(key.id, key);
    return Promise.resolve(current ?? key);
  }

  #current(userId: UserId, mode: Mode): WrappedDataKey | undefined {
    return [...this.#keys.values()].find((key) => key.userId === userId && key.mode === mode);
  }
}
