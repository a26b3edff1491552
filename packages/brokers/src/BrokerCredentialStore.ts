import { randomBytes } from "node:crypto";
import { z } from "zod";
import { decrypt, encrypt, KEY_LENGTH, lengthPrefixed } from "./credentials/aead.ts";
import type { BrokerCredentials, CredentialScope } from "./credentials/CredentialScope.ts";
import type { DataKeyStore, WrappedDataKey } from "./credentials/DataKeyStore.ts";
import { ENVELOPE_VERSION, formatEnvelope, formatSealed, parseEnvelope, parseSealed } from "./credentials/envelope.ts";
import type { KeyEncryptionKey } from "./credentials/KeyFile.ts";
import { VaultError } from "./credentials/VaultError.ts";

const credentialsSchema = z.record(z.string(), z.string());

export interface BrokerCredentialStoreOptions {
  readonly keyEncryptionKey: KeyEncryptionKey;
  readonly dataKeys: DataKeyStore;
}

/**
 * Seals broker credentials so that they open only for the same user, broker, mode, connection and row version.
 * Every (user, mode) has a data key of its own, wrapped by the key-encryption key. Plain keys exist only within a call
 * and are overwritten after it; no error carries a secret.
 */
export class BrokerCredentialStore {
  readonly #kek: KeyEncryptionKey;
  readonly #dataKeys: DataKeyStore;

  constructor({ keyEncryptionKey, dataKeys }: BrokerCredentialStoreOptions) {
    if (keyEncryptionKey.key.length !== KEY_LENGTH)
      throw new RangeError(`a key-encryption key has ${KEY_LENGTH} bytes`);
    this.#kek = keyEncryptionKey;
    this.#dataKeys = dataKeys;
  }

  /** The envelope to store in the row that `scope` names; makes the user's data key for that mode where there is none. */
  async seal(scope: CredentialScope, credentials: BrokerCredentials): Promise<string> {
    const dataKey = (await this.#dataKeys.findCurrent(scope.userId, scope.mode)) ?? (await this.#createDataKey(scope));
    const key = this.#unwrap(dataKey);
    const plaintext = Buffer.from(JSON.stringify(credentials), "utf8");
    try {
      const ids = { kekVersion: this.#kek.version, dataKeyId: dataKey.id };
      return formatEnvelope({
        ...ids,
        ...encrypt(key, plaintext, credentialContext(scope, ids.dataKeyId, ids.kekVersion)),
      });
    } finally {
      key.fill(0);
      plaintext.fill(0);
    }
  }

  /** What was sealed for exactly this `scope`. @throws VaultError */
  async open(scope: CredentialScope, envelope: string): Promise<BrokerCredentials> {
    const { kekVersion, dataKeyId, ...sealed } = parseEnvelope(envelope);
    const dataKey = await this.#dataKeys.findById(dataKeyId);
    if (dataKey === null)
      throw new VaultError("DATA_KEY_MISSING", "its data key is not in the store; restore the backup that has both");
    if (dataKey.userId !== scope.userId || dataKey.mode !== scope.mode) {
      throw new VaultError("NOT_AUTHENTIC", "it was sealed for another user or another mode");
    }
    const key = this.#unwrap(dataKey);
    try {
      const plaintext = decrypt(key, sealed, credentialContext(scope, dataKeyId, kekVersion));
      try {
        return credentialsSchema.parse(JSON.parse(plaintext.toString("utf8")));
      } finally {
        plaintext.fill(0);
      }
    } finally {
      key.fill(0);
    }
  }

  async #createDataKey({ userId, mode }: CredentialScope): Promise<WrappedDataKey> {
    const id = randomBytes(16).toString("hex");
    const key = randomBytes(KEY_LENGTH);
    try {
      const draft = { id, userId, mode, kekVersion: this.#kek.version };
      const wrapped = formatSealed(encrypt(this.#kek.key, key, dataKeyContext(draft)));
      // Another call may have been quicker: its key is the current one then.
      return await this.#dataKeys.insert({ ...draft, wrapped });
    } finally {
      key.fill(0);
    }
  }

  #unwrap(dataKey: WrappedDataKey): Buffer {
    if (dataKey.kekVersion !== this.#kek.version) {
      throw new VaultError(
        "KEY_VERSION_MISMATCH",
        `its data key is wrapped by key ${dataKey.kekVersion}, key ${this.#kek.version} is in use`,
      );
    }
    return decrypt(this.#kek.key, parseSealed(dataKey.wrapped), dataKeyContext(dataKey));
  }
}

function credentialContext(
  { userId, broker, mode, connectionId, rowVersion }: CredentialScope,
  dataKeyId: string,
  kekVersion: number,
): Buffer {
  return lengthPrefixed([
    ENVELOPE_VERSION,
    "credentials",
    userId,
    broker,
    mode,
    connectionId,
    dataKeyId,
    kekVersion,
    rowVersion,
  ]);
}

function dataKeyContext({ id, userId, mode, kekVersion }: Omit<WrappedDataKey, "wrapped">): Buffer {
  return lengthPrefixed([ENVELOPE_VERSION, "data-key", userId, mode, id, kekVersion]);
}
