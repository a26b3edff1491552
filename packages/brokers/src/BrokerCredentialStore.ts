import { randomBytes } from "node:crypto";
import { z } from "zod";
import { decrypt, encrypt, KEY_LENGTH, lengthPrefixed } from "./credentials/aead.ts";
import { DataKeyCache } from "./credentials/DataKeyCache.ts";
import type { BrokerCredentials, Credential, CredentialScope } from "./credentials/CredentialScope.ts";
import type { DataKeyStore, WrappedDataKey } from "./credentials/DataKeyStore.ts";
import { ENVELOPE_VERSION, formatEnvelope, formatSealed, parseEnvelope, parseSealed } from "./credentials/envelope.ts";
import { type KeyEncryptionKey, KeyRing } from "./credentials/KeyRing.ts";
import { Secret } from "./credentials/Secret.ts";
import { VaultError } from "./credentials/VaultError.ts";
import type { Clock } from "./domain/Clock.ts";
import type { Mode } from "./domain/Mode.ts";

const credentialsSchema = z.record(z.string(), z.string());

export interface BrokerCredentialStoreOptions {
  /** One key, or those of a rotation. */
  readonly keyEncryptionKey: KeyEncryptionKey | KeyRing;
  readonly dataKeys: DataKeyStore;
  /** With one, data keys are kept in memory until nobody has used them for 10 minutes. @default unwrapped for each call */
  readonly clock?: Clock;
}

/**
 * Seals broker credentials so that they open only for the same user, broker, mode, connection and row version.
 * Every (user, mode) has a data key of its own, wrapped by the key-encryption key. Opened secrets are overwritten at the
 * end of the call, data keys when they are idle; no error carries a secret.
 */
export class BrokerCredentialStore implements Disposable {
  readonly #ring: KeyRing;
  readonly #dataKeys: DataKeyStore;
  readonly #cache: DataKeyCache | null;
  readonly #making = new Set<Promise<unknown>>();

  constructor({ keyEncryptionKey, dataKeys, clock }: BrokerCredentialStoreOptions) {
    this.#ring = keyEncryptionKey instanceof KeyRing ? keyEncryptionKey : new KeyRing([keyEncryptionKey]);
    this.#dataKeys = dataKeys;
    this.#cache = clock === undefined ? null : new DataKeyCache(clock);
  }

  /** Data keys in memory now. */
  get unlockedKeys(): number {
    return this.#cache?.size ?? 0;
  }

  /** The envelope to store in the row that `scope` names; makes the user's data key for that mode where there is none. */
  async seal(scope: CredentialScope, credentials: BrokerCredentials): Promise<string> {
    using plaintext = new Secret(Buffer.from(JSON.stringify(credentials), "utf8"));
    return await this.#seal(scope, plaintext);
  }

  /** What was sealed for exactly this `scope`. @throws VaultError */
  open<InMode extends Mode>(scope: CredentialScope<InMode>, envelope: string): Promise<Credential<InMode>> {
    return this.use(scope, envelope, (secret) =>
      secret.use((bytes) => credentialsSchema.parse(JSON.parse(bytes.toString("utf8")))),
    );
  }

  /** Opens what was sealed for exactly this `scope` as long as `work` takes, and overwrites it then. @throws VaultError */
  async use<Value>(
    scope: CredentialScope,
    envelope: string,
    work: (secret: Secret) => Value | Promise<Value>,
  ): Promise<Value> {
    const sealed = parseEnvelope(envelope);
    const dataKey = await this.#keyOf(scope, sealed.dataKeyId);
    const context = credentialContext(scope, sealed.dataKeyId, sealed.kekVersion);
    using secret = new Secret(await this.#withKey(dataKey, (key) => decrypt(key, sealed, context)));
    return await work(secret);
  }

  /** The same secret for another scope, sealed with the user's current data key. @throws VaultError */
  reseal(from: CredentialScope, envelope: string, to: CredentialScope): Promise<string> {
    return this.use(from, envelope, (secret) => this.#seal(to, secret));
  }

  /** The same data key, wrapped by the newest key-encryption key. @throws VaultError where it is damaged */
  rewrap(dataKey: WrappedDataKey): WrappedDataKey {
    const key = this.#unwrap(dataKey);
    try {
      return this.#wrap({ ...dataKey, kekVersion: this.#ring.current.version }, key);
    } finally {
      key.fill(0);
    }
  }

  /** Resolves when the data keys that are being made now are stored. */
  async keysMade(): Promise<void> {
    await Promise.allSettled(this.#making);
  }

  /** Forgets the data keys; whatever is opened next unwraps its own again. */
  lock(): void {
    this.#cache?.lock();
  }

  [Symbol.dispose](): void {
    this.lock();
  }

  async #seal(scope: CredentialScope, plaintext: Secret): Promise<string> {
    const dataKey = (await this.#dataKeys.findCurrent(scope.userId, scope.mode)) ?? (await this.#makeDataKey(scope));
    const ids = { kekVersion: dataKey.kekVersion, dataKeyId: dataKey.id };
    const context = credentialContext(scope, ids.dataKeyId, ids.kekVersion);
    const sealed = await this.#withKey(dataKey, (key) => plaintext.use((bytes) => encrypt(key, bytes, context)));
    return formatEnvelope({ ...ids, ...sealed });
  }

  async #keyOf(scope: CredentialScope, id: string): Promise<WrappedDataKey> {
    const dataKey = await this.#dataKeys.findById(id);
    if (dataKey === null)
      throw new VaultError("DATA_KEY_MISSING", "its data key is not in the store; restore the backup that has both");
    if (dataKey.userId !== scope.userId || dataKey.mode !== scope.mode) {
      throw new VaultError("NOT_AUTHENTIC", "it was sealed for another user or another mode");
    }
    return (await this.#dataKeys.findById(dataKey.id)) ?? dataKey;
  }

  async #makeDataKey(scope: CredentialScope): Promise<WrappedDataKey> {
    const making = this.#createDataKey(scope);
    this.#making.add(making);
    try {
      return await making;
    } finally {
      this.#making.delete(making);
    }
  }

  async #createDataKey({ userId, mode }: CredentialScope): Promise<WrappedDataKey> {
    const id = randomBytes(16).toString("hex");
    const key = randomBytes(KEY_LENGTH);
    try {
      // Another call may have been quicker: its key is the current one then.
      return await this.#dataKeys.insert(this.#wrap({ id, userId, mode, kekVersion: this.#ring.current.version }, key));
    } finally {
      key.fill(0);
    }
  }

  /** `work` with the plain data key, which it must not keep; the key is looked up first where it is in memory. */
  async #withKey<Value>(dataKey: WrappedDataKey, work: (key: Buffer) => Value): Promise<Value> {
    const kept = this.#cache?.find(dataKey.id) ?? null;
    if (kept !== null) return work(kept);
    const key = this.#unwrap(await this.#newest(dataKey));
    if (this.#cache !== null) {
      this.#cache.keep(dataKey.id, key);
      return work(key);
    }
    try {
      return work(key);
    } finally {
      key.fill(0);
    }
  }

  /** A rotation may have wrapped it anew since it was read, and dropped the key that it was wrapped by. */
  async #newest(dataKey: WrappedDataKey): Promise<WrappedDataKey> {
    if (this.#ring.find(dataKey.kekVersion) !== null) return dataKey;
    return dataKey;
  }

  #wrap(draft: Omit<WrappedDataKey, "wrapped">, key: Buffer): WrappedDataKey {
    const { key: wrapping } = this.#keyOfVersion(draft.kekVersion);
    return { ...draft, wrapped: formatSealed(encrypt(wrapping, key, dataKeyContext(draft))) };
  }

  #unwrap(dataKey: WrappedDataKey): Buffer {
    const { key } = this.#keyOfVersion(dataKey.kekVersion);
    return decrypt(key, parseSealed(dataKey.wrapped), dataKeyContext(dataKey));
  }

  #keyOfVersion(version: number): KeyEncryptionKey {
    const key = this.#ring.find(version);
    if (key !== null) return key;
    const { version: current } = this.#ring.current;
    const message = `its data key is wrapped by key ${version}, key ${current} is in use`;
    throw new VaultError("KEY_VERSION_MISMATCH", message);
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
