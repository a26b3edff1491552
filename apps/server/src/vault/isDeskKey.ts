import {
  keyCheck,
  VaultError,
  type BrokerCredentialStore,
  type KeyKeeper,
  type RotationStore,
} from "@trenddojo/brokers";
import { keyChecks, type Executor } from "@trenddojo/db";

export interface DeskKeyParts {
  readonly vault: BrokerCredentialStore;
  readonly keys: KeyKeeper;
  readonly store: RotationStore;
  readonly db: Executor;
}

/** So many data keys are read at once. */
const PAGE = 500;

/**
 * Whether the keys that are held are those that this desk seals with, however many data keys are damaged. Each is known by
 * the check that is stored of it, which is one query. Where a check is missing or of another key, each data key in use is
 * tried, or where none is, each retired one: one that opens shows its key to be right. Where nothing is sealed any key is.
 */
export async function isDeskKey({ vault, keys, store, db }: DeskKeyParts): Promise<boolean> {
  const checks = await keyChecks.list(db);
  const checked = keys.ring.all.filter(({ version }) => checks.has(version));
  const others = checked.filter((key) => checks.get(key.version) !== keyCheck(key));
  if (checked.length > 0 && others.length === 0) return true;
  const inUse = { versions: new Set<number>(), opened: new Set<number>() };
  const retired = { versions: new Set<number>(), opened: new Set<number>() };
  for (let after: string | null = null; ;) {
    const page: Awaited<ReturnType<RotationStore["listDataKeys"]>> = await store.listDataKeys(after, PAGE);
    for (const key of page) {
      const those = key.isRetired ? retired : inUse;
      those.versions.add(key.kekVersion);
      if (!those.opened.has(key.kekVersion) && opens(vault, key)) those.opened.add(key.kekVersion);
    }
    after = page.at(-1)?.id ?? null;
    if (page.length < PAGE) break;
  }
  const isAnyInUse = inUse.versions.size > 0;
  if (!isAnyInUse && (await store.listSealedRows(null, 1)).length === 0) return true;
  const { versions, opened } = isAnyInUse ? inUse : retired;
  return opened.size > 0 && others.every(({ version }) => opened.has(version) || !versions.has(version));
}

/** From now on these keys are the desk's own. */
export async function keepKeyChecks({ keys, db }: Pick<DeskKeyParts, "keys" | "db">): Promise<void> {
  const checks = await keyChecks.list(db);
  for (const key of keys.ring.all) {
    const digest = keyCheck(key);
    if (checks.get(key.version) !== digest) await keyChecks.put(db, key.version, digest);
  }
}

function opens(vault: BrokerCredentialStore, key: Parameters<BrokerCredentialStore["rewrap"]>[0]): boolean {
  try {
    vault.rewrap(key);
    return true;
  } catch (error) {
    if (error instanceof VaultError) return false;
    throw error;
  }
}
