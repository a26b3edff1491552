import { BrokerCredentialStore, findDamage, type KeyKeeper } from "@trenddojo/brokers";
import type { Clock } from "@trenddojo/brokers/domain";
import { createDataKeyStore, type Db } from "@trenddojo/db";
import { EnvError } from "../env.ts";
import { createRotationStore } from "./createRotationStore.ts";
import { isDeskKey, keepKeyChecks } from "./isDeskKey.ts";

/**
 * Lets a desk start whose key is its own, and keeps that key's check: data keys that do not open are damaged then, which
 * `vault verify` names.
 * @throws EnvError where it is another key, naming the secrets that it does not open
 */
export async function assertKeyOpens(keys: KeyKeeper, db: Db, clock: Clock): Promise<void> {
  const vault = new BrokerCredentialStore({ keyEncryptionKey: keys.ring, dataKeys: createDataKeyStore(db, clock) });
  const store = createRotationStore(db, clock);
  if (await isDeskKey({ vault, keys, store, db })) return keepKeyChecks({ keys, db });
  const { damaged } = await findDamage({ vault, keys, store });
  const source = keys.source === "environment" ? "CREDENTIAL_KEY" : "the key file";
  throw new EnvError(
    `${source} (key ${keys.ring.current.version}) is not the one that the stored secrets were sealed with: ` +
      "give the key that was in use, or restore database and key from one backup. Where neither is to be had, " +
      "pnpm desk vault abandon lets the desk start, and these are entered again: " +
      damaged.map(({ name }) => name).join("; "),
  );
}
