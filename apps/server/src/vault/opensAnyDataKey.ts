import { VaultError, type BrokerCredentialStore } from "@trenddojo/brokers";
import { listDataKeys, type Db } from "@trenddojo/db";

/** Data keys that are tried: where none of so many opens, it is the key that is wrong, not one of them damaged. */
const TRIED = 100;

interface Tried {
  /** Versions of the keys that wrap the data keys in use; empty where there are none. */
  readonly wrappedBy: readonly number[];
  /** Whether one of them opens, or a retired one: that shows the key to be the desk's own too. */
  readonly opens: boolean;
}

/** Tries stored data keys with the vault's keys, and changes nothing. */
export async function opensAnyDataKey(vault: BrokerCredentialStore, db: Db): Promise<Tried> {
  const stored = await listDataKeys(db, null, TRIED);
  const opens = stored.some((key) => {
    try {
      vault.rewrap(key);
      return true;
    } catch (error) {
      if (error instanceof VaultError) return false;
      throw error;
    }
  });
  const inUse = stored.filter(({ isRetired }) => !isRetired);
  return { wrappedBy: [...new Set(inUse.map(({ kekVersion }) => kekVersion))], opens };
}
