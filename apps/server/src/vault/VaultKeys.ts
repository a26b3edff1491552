import {
  findDamage,
  isRotating,
  rotateKeys,
  type BrokerCredentialStore,
  type KeyKeeper,
  type RotationReport,
  type RotationStore,
} from "@trenddojo/brokers";
import type { Clock } from "@trenddojo/brokers/domain";
import { credentials, listDataKeys, retireDataKeys, type Db, type Tx } from "@trenddojo/db";
import { chains, type AuditLog } from "../audit/AuditLog.ts";
import { SerialQueue } from "../lib/SerialQueue.ts";
import type { VaultStatus, VaultVerification } from "./vaultReports.ts";
import { createRotationStore } from "./createRotationStore.ts";
import { isDeskKey, keepKeyChecks } from "./isDeskKey.ts";

export interface VaultKeysParts {
  readonly vault: BrokerCredentialStore;
  readonly keys: KeyKeeper;
  readonly db: Db;
  readonly clock: Clock;
  readonly audit: AuditLog;
  /** @default all that is sealed in `db` */
  readonly store?: RotationStore;
}

/** So many data keys are counted at once. */
const PAGE = 500;

/** The vault's keys as the desk's operator sees them. Nothing of it runs twice at once. */
export class VaultKeys {
  readonly #parts: VaultKeysParts;
  readonly #store: RotationStore;
  readonly #queue = new SerialQueue();

  constructor(parts: VaultKeysParts) {
    this.#parts = parts;
    this.#store = parts.store ?? createRotationStore(parts.db, parts.clock);
  }

  async status(): Promise<VaultStatus> {
    const { db, keys, vault } = this.#parts;
    const counts = { inUse: 0, retired: 0, old: 0 };
    let after: string | null = null;
    for (;;) {
      const page: Awaited<ReturnType<typeof listDataKeys>> = await listDataKeys(db, after, PAGE);
      for (const { isRetired, kekVersion } of page) {
        counts[isRetired ? "retired" : "inUse"] += 1;
        if (kekVersion !== keys.ring.current.version) counts.old += 1;
      }
      const last = page.at(-1);
      if (last === undefined || page.length < PAGE) break;
      after = last.id;
    }
    return {
      source: keys.source,
      version: keys.ring.current.version,
      heldVersions: keys.ring.all.map(({ version }) => version),
      dataKeys: counts,
      unlockedKeys: vault.unlockedKeys,
      credentials: await credentials.countAll(db),
      isRotating: await isRotating(this.#rotation()),
    };
  }

  /** Rotates both levels of keys, or ends a rotation that was cut short; on record before it begins. */
  rotate(signal?: AbortSignal): Promise<RotationReport> {
    return this.#queue.run(async () => {
      await this.#record("vault.rotation_started", "A rotation of the vault's keys began");
      const report = await rotateKeys(this.#rotation(signal));
      const { version, rewrapped, resealed, damaged } = report;
      await this.#record("vault.rotated", `The vault's keys were rotated: key ${version} is in use`, {
        version,
        rewrapped,
        resealed,
        damaged: damaged.length,
      });
      return report;
    });
  }

  /** Ends a rotation that was cut short, by a crash too. Does nothing where there is none. */
  async goOn(signal: AbortSignal): Promise<void> {
    try {
      if (await isRotating(this.#rotation(signal))) await this.rotate(signal);
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  /** Opens everything and changes nothing. */
  verify(): Promise<VaultVerification> {
    return this.#queue.run(async () => {
      const { rows, damaged } = await findDamage(this.#rotation());
      return { rows, damaged };
    });
  }

  /**
   * Where the desk's own key is lost: the one that is held takes its place, the data keys are retired, so that secrets are
   * sealed with new ones, and what to enter again is told. Removes nothing: what the lost key opened it opens again. Null,
   * and nothing is done, where the desk's own key is held.
   */
  abandon(): Promise<VaultVerification | null> {
    return this.#queue.run(async () => {
      const { db, clock, vault, keys } = this.#parts;
      if (await isDeskKey({ vault, keys, db, store: this.#store })) return null;
      const { rows, damaged } = await findDamage(this.#rotation());
      await db.transaction(async (tx) => {
        await retireDataKeys(tx, clock.now());
        await keepKeyChecks({ keys, db: tx });
        await this.#append(tx, "vault.abandoned", "Data keys that do not open were retired", {
          damaged: damaged.length,
        });
      });
      return { rows, damaged };
    });
  }

  #rotation(signal?: AbortSignal) {
    const { vault, keys, db } = this.#parts;
    const { addKey } = keys;
    if (addKey === null) return { vault, keys, store: this.#store, signal };
    // Its check is stored before anything is wrapped by it, so that the next start knows it.
    const addChecked = async () => {
      const key = await addKey();
      await keepKeyChecks({ keys, db });
      return key;
    };
    return { vault, keys: { ...keys, addKey: addChecked }, store: this.#store, signal };
  }

  async #record(action: string, message: string, details: Readonly<Record<string, unknown>> = {}): Promise<void> {
    await this.#parts.db.transaction((tx) => this.#append(tx, action, message, details));
  }

  #append(tx: Tx, action: string, message: string, details: Readonly<Record<string, unknown>>): Promise<void> {
    const row = { chain: chains.system, userId: null, subject: null, mode: null };
    return this.#parts.audit.append(tx, { ...row, action, message, details });
  }
}
