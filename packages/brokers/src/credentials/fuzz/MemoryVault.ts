import { connectionId, userId, type ConnectionId, type UserId } from "../../domain/ids.ts";
import type { Mode } from "../../domain/Mode.ts";
import type { CredentialScope } from "../CredentialScope.ts";
import type { DataKeyStore, WrappedDataKey } from "../DataKeyStore.ts";
import type { KeyKeeper } from "../KeyKeeper.ts";
import { KeyRing } from "../KeyRing.ts";
import type { RotationStore, SealedRow, StoredDataKey } from "../rotateKeys.ts";

/** The process died: nothing after it was written. */
export class Killed extends Error {
  override readonly name = "Killed";
}

/** The tables of a vault in memory, which survive the process that is killed at its `killAfter`th write. */
export class MemoryVault implements DataKeyStore, RotationStore {
  readonly #keys = new Map<string, StoredDataKey>();
  readonly #rows = new Map<string, SealedRow>();
  #keyFile: readonly { readonly version: number; readonly key: Buffer }[] = [{ version: 1, key: Buffer.alloc(32, 1) }];
  killAfter = Number.POSITIVE_INFINITY;

  /** As a process finds the key file at its start. */
  openKeys(): KeyKeeper {
    const copy = () => this.#keyFile.map(({ version, key }) => ({ version, key: Buffer.from(key) }));
    const ring = new KeyRing(copy());
    return {
      source: "file",
      ring,
      addKey: async () => {
        const version = ring.current.version + 1;
        await this.#write(() => (this.#keyFile = [{ version, key: Buffer.alloc(32, version) }, ...this.#keyFile]));
        ring.replace(copy());
        return ring.current;
      },
      dropOldKeys: async () => {
        await this.#write(() => (this.#keyFile = this.#keyFile.slice(0, 1)));
        ring.replace(copy());
      },
    };
  }

  put(scope: CredentialScope, envelope: string): void {
    const id = scope.connectionId;
    this.#rows.set(id, { id, scope, envelope, name: `the keys of ${id}` });
  }

  row(id: ConnectionId): SealedRow {
    const row = this.#rows.get(id);
    if (row === undefined) throw new RangeError(`there is no row ${id}`);
    return row;
  }

  findCurrent(user: UserId, mode: Mode): Promise<WrappedDataKey | null> {
    return Promise.resolve(this.#current(user, mode) ?? null);
  }

  findById(id: string): Promise<WrappedDataKey | null> {
    return Promise.resolve(this.#keys.get(id) ?? null);
  }

  async insert(key: WrappedDataKey): Promise<WrappedDataKey> {
    await this.#write(() => {
      if (this.#current(key.userId, key.mode) === undefined) this.#keys.set(key.id, { ...key, isRetired: false });
    });
    return this.#current(key.userId, key.mode) ?? key;
  }

  listDataKeys(after: string | null, limit: number): Promise<readonly StoredDataKey[]> {
    return Promise.resolve(pageOf(this.#keys, after, limit));
  }

  async rewrap(key: WrappedDataKey, replaces: number): Promise<boolean> {
    const before = this.#keys.get(key.id);
    if (before?.kekVersion !== replaces) return false;
    await this.#write(() => this.#keys.set(key.id, { ...before, kekVersion: key.kekVersion, wrapped: key.wrapped }));
    return true;
  }

  retireDataKeys(): Promise<void> {
    return this.#write(() => {
      for (const key of this.#keys.values()) this.#keys.set(key.id, { ...key, isRetired: true });
    });
  }

  listSealedRows(after: string | null, limit: number): Promise<readonly SealedRow[]> {
    return Promise.resolve(pageOf(this.#rows, after, limit));
  }

  async replace({ id, scope }: SealedRow, envelope: string): Promise<boolean> {
    const before = this.#rows.get(id);
    if (before?.scope.rowVersion !== scope.rowVersion) return false;
    const next = { ...before, envelope, scope: { ...scope, rowVersion: scope.rowVersion + 1 } };
    await this.#write(() => this.#rows.set(id, next));
    return true;
  }

  #current(user: UserId, mode: Mode): StoredDataKey | undefined {
    for (const key of this.#keys.values()) if (!key.isRetired && key.userId === user && key.mode === mode) return key;
    return undefined;
  }

  async #write(change: () => unknown): Promise<void> {
    if (this.killAfter <= 0) throw new Killed("the process was killed");
    this.killAfter -= 1;
    change();
    await Promise.resolve();
  }
}

/** Row `index` of many: of one of a few users, in each mode. */
export function scopeOf(index: number, rowVersion = 1): CredentialScope {
  const mode = (["paper", "live", "mock"] as const)[index % 3] ?? "paper";
  const connection = connectionId(`c-${String(index).padStart(6, "0")}`);
  return { userId: userId(`u-${index % 20}`), broker: "alpaca", mode, connectionId: connection, rowVersion };
}

function pageOf<Item extends { readonly id: string }>(
  items: ReadonlyMap<string, Item>,
  after: string | null,
  limit: number,
): readonly Item[] {
  const sorted = [...items.keys()].sort().filter((id) => after === null || id > after);
  return sorted.slice(0, limit).flatMap((id) => items.get(id) ?? []);
}
