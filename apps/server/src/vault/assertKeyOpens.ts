import { BrokerCredentialStore, findDamage, type KeyKeeper } from "@trenddojo/brokers";
import type { Clock } from "@trenddojo/brokers/domain";
import { createDataKeyStore, type Db } from "@trenddojo/db";
import { EnvError } from "../env.ts";
import { createRotationStore } from "./createRotationStore.ts";
import { opensAnyDataKey } from "./opensAnyDataKey.ts";

/**
 * Lets a desk start whose key opens at least one data key: others that do not are damaged, which `vault verify` names.
 * @throws EnvError where there are data keys in use and none opens. It names the secrets that this concerns, for the one
 * data key that there was may be damaged: nothing but its operator can tell that from another desk's key.
 */
export async function assertKeyOpens(keys: KeyKeeper, db: Db, clock: Clock): Promise<void> {
  const vault = new BrokerCredentialStore({ keyEncryptionKey: keys.ring, dataKeys: createDataKeyStore(db, clock) });
  const { wrappedBy, opens } = await opensAnyDataKey(vault, db);
  if (wrappedBy.length === 0 || opens) return;
  const { damaged } = await findDamage({ vault, keys, store: createRotationStore(db, clock) });
  const source = keys.source === "environment" ? "CREDENTIAL_KEY" : "the key file";
  throw new EnvError(
    `${source} (key ${keys.ring.current.version}) opens none of the stored secrets, which key ${wrappedBy.join(", ")} protects: ` +
      "give the key that was in use, or restore database and key from one backup. Where neither is to be had, " +
      "pnpm desk vault abandon lets the desk start, and these are entered again: " +
      damaged.map(({ name }) => name).join("; "),
  );
}
