import { join } from "node:path";
import { loadOrCreateKeyFile, type KeyEncryptionKey } from "@trenddojo/brokers";
import type { Clock } from "@trenddojo/brokers/domain";
import { credentials, retireDataKeys, type Db } from "@trenddojo/db";
import type { Env } from "./env.ts";

/**
 * The key that opens stored credentials: the environment's, or the data directory's, which is made at the first start.
 * @throws KeyFileError, KEY_FILE_MISSING too: a desk that made a new key would open none of what it has stored.
 */
export async function openKey(
  { CREDENTIAL_KEY, DATA_DIR }: Pick<Env, "CREDENTIAL_KEY" | "DATA_DIR">,
  db: Db,
  clock: Clock,
): Promise<KeyEncryptionKey> {
  if (CREDENTIAL_KEY !== undefined) return { version: 1, key: CREDENTIAL_KEY };
  return loadOrCreateKeyFile(join(DATA_DIR, "credential.key"), async () => {
    const sealed = await credentials.countAll(db);
    // With a data key of the lost one nothing could be sealed any more, and nothing that it sealed is left.
    if (sealed === 0) await retireDataKeys(db, clock.now());
    return sealed;
  });
}
