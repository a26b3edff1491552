import type { BrokerCredentialStore } from "../BrokerCredentialStore.ts";
import type { CredentialScope } from "./CredentialScope.ts";
import type { WrappedDataKey } from "./DataKeyStore.ts";
import { parseEnvelope } from "./envelope.ts";
import type { KeyKeeper } from "./KeyKeeper.ts";
import { VaultError } from "./VaultError.ts";

/** A row that holds an envelope. */
export interface SealedRow {
  /** Of all sealed rows; pages are in its order. */
  readonly id: string;
  readonly scope: CredentialScope;
  readonly envelope: string;
  /** What a person enters again where it is lost: "the keys of Alpaca (paper) of ada". */
  readonly name: string;
}

/** What a rotation reads and changes. Each change is durable once resolved, and false where another was first. */
export interface RotationStore {
  /** Those after the id `after`, in the order of ids, at most `limit`; null begins. */
  listDataKeys(after: string | null, limit: number): Promise<readonly StoredDataKey[]>;
  /** Stores `key` in place of the one that was wrapped by `replaces`. */
  rewrap(key: WrappedDataKey, replaces: number): Promise<boolean>;
  /** No data key seals from now on: the next seal of each (user, mode) makes a new one. */
  retireDataKeys(): Promise<void>;
  listSealedRows(after: string | null, limit: number): Promise<readonly SealedRow[]>;
  /** Stores `envelope`, sealed for the next row version, in place of the one of `row`'s version. */
  replace(row: SealedRow, envelope: string): Promise<boolean>;
}

export interface StoredDataKey extends WrappedDataKey {
  readonly isRetired: boolean;
}

export interface RotationParts {
  readonly vault: BrokerCredentialStore;
  readonly keys: KeyKeeper;
  readonly store: RotationStore;
  /** Ends it between two rows; it goes on when it is asked again. @default never */
  readonly signal?: AbortSignal | undefined;
  /** @default 100 */
  readonly batch?: number | undefined;
}

/** What could not be opened, and why; nothing of it was changed. */
export interface Damage {
  readonly name: string;
  readonly why: string;
}

export interface RotationReport {
  /** Of the key-encryption key that wraps now. */
  readonly version: number;
  readonly rewrapped: number;
  readonly resealed: number;
  readonly damaged: Damage[];
}

const BATCH = 100;

/**
 * Whether a rotation was begun and has not ended: a crash, or a signal, cut it short, or the environment gives a new key.
 * What cannot be opened does not count: no rotation would ever end that.
 */
export async function isRotating(parts: RotationParts): Promise<boolean> {
  const { vault, keys } = parts;
  if (keys.ring.all.length > 1 && keys.dropOldKeys !== null) return true;
  const retired = new Set<string>();
  for await (const key of dataKeys(parts)) {
    if (key.kekVersion !== keys.ring.current.version && (await failureOf(() => vault.rewrap(key))) === null)
      return true;
    if (key.isRetired) retired.add(key.id);
  }
  for await (const row of sealedRows(parts)) {
    if (!retired.has(dataKeyIdOf(row) ?? "")) continue;
    if ((await failureOf(() => vault.use(row.scope, row.envelope, () => undefined))) === null) return true;
  }
  return false;
}

/**
 * Rotates both levels of keys while others read and seal. A new key-encryption key is kept, the data keys are wrapped by
 * it, the old one is dropped; then all data keys are retired and every row is sealed anew with its user's next one.
 * Each step leaves everything readable, so that it may end at any row: asked again, it goes on without new keys.
 * What cannot be opened is named and left as it is: no key that is held opens it.
 * @throws what the store or the key file throws; the signal's reason
 */
export async function rotateKeys(parts: RotationParts): Promise<RotationReport> {
  const { keys, store } = parts;
  const goesOn = await isRotating(parts);
  if (!goesOn) {
    await keys.addKey?.();
    await store.retireDataKeys();
  }
  // A data key that was being made is wrapped by the old one.
  await parts.vault.keysMade();
  const wrapping = await rewrapAll(parts);
  if (keys.ring.all.length > 1) await keys.dropOldKeys?.();
  const sealing = await resealAll(parts);
  return {
    version: keys.ring.current.version,
    rewrapped: wrapping.changed,
    resealed: sealing.changed,
    damaged: [...wrapping.damaged, ...sealing.damaged],
  };
}

/** Opens every data key and every row, and changes nothing. */
export async function findDamage(parts: RotationParts): Promise<{ readonly rows: number; readonly damaged: Damage[] }> {
  const damaged: Damage[] = [];
  let rows = 0;
  for await (const key of dataKeys(parts)) {
    const why = await failureOf(() => parts.vault.rewrap(key));
    if (why !== null && !key.isRetired) damaged.push({ name: nameOf(key), why });
  }
  for await (const row of sealedRows(parts)) {
    rows += 1;
    const why = await failureOf(() => parts.vault.use(row.scope, row.envelope, () => undefined));
    if (why !== null) damaged.push({ name: row.name, why });
  }
  return { rows, damaged };
}

async function rewrapAll(parts: RotationParts): Promise<{ readonly changed: number; readonly damaged: Damage[] }> {
  const { vault, keys, store } = parts;
  const damaged: Damage[] = [];
  let changed = 0;
  for await (const key of dataKeys(parts)) {
    if (key.kekVersion === keys.ring.current.version) continue;
    const why = await failureOf(async () => {
      // False: another process wrapped it meanwhile.
      if (await store.rewrap(vault.rewrap(key), key.kekVersion)) changed += 1;
    });
    // Where a retired one is still needed, its rows are named.
    if (why !== null && !key.isRetired) damaged.push({ name: nameOf(key), why });
  }
  return { changed, damaged };
}

async function resealAll(parts: RotationParts): Promise<{ readonly changed: number; readonly damaged: Damage[] }> {
  const { vault, store } = parts;
  const retired = new Set<string>();
  for await (const key of dataKeys(parts)) if (key.isRetired) retired.add(key.id);
  const damaged: Damage[] = [];
  let changed = 0;
  for await (const row of sealedRows(parts)) {
    const dataKeyId = dataKeyIdOf(row);
    if (dataKeyId !== null && !retired.has(dataKeyId)) continue;
    const next = { ...row.scope, rowVersion: row.scope.rowVersion + 1 };
    const why = await failureOf(async () => {
      // False: a person replaced it meanwhile, with a key that is not retired.
      if (await store.replace(row, await vault.reseal(row.scope, row.envelope, next))) changed += 1;
    });
    if (why !== null) damaged.push({ name: row.name, why });
  }
  return { changed, damaged };
}

const dataKeys = (parts: Pick<RotationParts, "store" | "signal" | "batch">) =>
  paged(parts, (after, limit) => parts.store.listDataKeys(after, limit));

const sealedRows = (parts: Pick<RotationParts, "store" | "signal" | "batch">) =>
  paged(parts, (after, limit) => parts.store.listSealedRows(after, limit));

async function* paged<Item extends { readonly id: string }>(
  { signal, batch = BATCH }: Pick<RotationParts, "signal" | "batch">,
  list: (after: string | null, limit: number) => Promise<readonly Item[]>,
): AsyncGenerator<Item> {
  let after: string | null = null;
  for (;;) {
    const page: readonly Item[] = await list(after, batch);
    for (const item of page) {
      signal?.throwIfAborted();
      yield item;
    }
    const last = page.at(-1);
    if (last === undefined || page.length < batch) return;
    after = last.id;
  }
}

function dataKeyIdOf({ envelope }: SealedRow): string | null {
  try {
    return parseEnvelope(envelope).dataKeyId;
  } catch (error) {
    if (error instanceof VaultError) return null;
    throw error;
  }
}

function nameOf({ userId, mode }: WrappedDataKey): string {
  return `all that is sealed for user ${userId} in ${mode} mode`;
}

/** Null where it went well. @throws what is no fault of the vault's */
async function failureOf(act: () => unknown): Promise<string | null> {
  try {
    await act();
    return null;
  } catch (error) {
    if (error instanceof VaultError) return `${error.code}: ${error.message}`;
    throw error;
  }
}
