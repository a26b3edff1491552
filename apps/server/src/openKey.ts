import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { givenKeys, openKeyFile, type KeyKeeper } from "@trenddojo/brokers";
import type { Clock } from "@trenddojo/brokers/domain";
import { alertWebhooks, credentials, retireDataKeys, secondFactors, type Db } from "@trenddojo/db";
import { EnvError, type Env } from "./env.ts";
import { assertKeyOpens } from "./vault/assertKeyOpens.ts";

type KeySettings = Pick<Env, "DATA_DIR"> &
  Partial<
    Pick<Env, "CREDENTIAL_KEY" | "CREDENTIAL_KEY_PREVIOUS" | "CREDENTIAL_PASSPHRASE" | "CREDENTIAL_PASSPHRASE_FILE">
  >;

/**
 * The keys that open stored credentials: the environment's, or the data directory's, made at the first start and
 * protected by a passphrase where one is given.
 * @throws KeyFileError, KEY_FILE_MISSING too: a desk that made a new key would open none of what it has stored;
 * EnvError where the key that is given opens nothing, or the passphrase cannot be read
 */
export async function openKey(env: KeySettings, db: Db, clock: Clock): Promise<KeyKeeper> {
  const keys = await readKey(env, db, clock);
  await assertKeyOpens(keys, db, clock);
  return keys;
}

/** The same without asking whether they open anything. @throws KeyFileError; EnvError where the passphrase cannot be read */
export async function readKey(env: KeySettings, db: Db, clock: Clock): Promise<KeyKeeper> {
  const { CREDENTIAL_KEY: key, CREDENTIAL_KEY_PREVIOUS: previous, DATA_DIR } = env;
  if (key !== undefined) return givenKeys(key, ...(previous === undefined ? [] : [previous]));
  return openKeyFile(join(DATA_DIR, "credential.key"), {
    passphrase: await passphraseOf(env),
    countSealed: async () => {
      const webhooks = await alertWebhooks.listAll(db);
      const sealed = (await credentials.countAll(db)) + (await secondFactors.countAll(db)) + webhooks.length;
      // With a data key of the lost one nothing could be sealed any more, and nothing that it sealed is left.
      if (sealed === 0) await retireDataKeys(db, clock.now());
      return sealed;
    },
  });
}

async function passphraseOf({
  CREDENTIAL_PASSPHRASE: given,
  CREDENTIAL_PASSPHRASE_FILE: file,
}: KeySettings): Promise<Buffer | undefined> {
  if (given !== undefined) return Buffer.from(given, "utf8");
  if (file === undefined) return undefined;
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (cause) {
    throw new EnvError("CREDENTIAL_PASSPHRASE_FILE cannot be read: name a file that the desk's user may read", {
      cause,
    });
  }
  const passphrase = text.split(/\r?\n/)[0] ?? "";
  if (passphrase.length < 12) throw new EnvError("CREDENTIAL_PASSPHRASE_FILE must hold at least 12 characters");
  return Buffer.from(passphrase, "utf8");
}
