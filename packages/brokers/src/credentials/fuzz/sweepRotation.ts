import { BrokerCredentialStore } from "../../BrokerCredentialStore.ts";
import type { Random } from "../../domain/Random.ts";
import { SystemClock } from "../../SystemClock.ts";
import { isRotating, rotateKeys } from "../rotateKeys.ts";
import { Killed, MemoryVault, scopeOf } from "./MemoryVault.ts";

export interface RotationSweep {
  readonly credentials: number;
  readonly kills: number;
  /** While it was rotated. */
  readonly reads: number;
  readonly failedReads: number;
  /** Of all credentials, by a process that was started afterwards. */
  readonly opened: number;
  /** Of the key-encryption key, at the end. */
  readonly version: number;
  readonly isRotating: boolean;
}

/**
 * Rotates both levels of keys of `credentials` while others are read, killed `kills` times at a random write, each time
 * taken up by a new process that shares nothing with the last but the tables and the key file.
 */
export async function sweepRotation(
  { credentials, kills }: { readonly credentials: number; readonly kills: number },
  random: Random,
): Promise<RotationSweep> {
  const tables = new MemoryVault();
  const boot = () => {
    const keys = tables.openKeys();
    const vault = new BrokerCredentialStore({
      keyEncryptionKey: keys.ring,
      dataKeys: tables,
      clock: new SystemClock(),
    });
    return { keys, vault, store: tables, [Symbol.dispose]: () => vault.lock() };
  };
  const first = boot();
  for (let index = 0; index < credentials; index += 1) {
    tables.put(scopeOf(index), await first.vault.seal(scopeOf(index), { secretKey: `secret-${index}` }));
  }
  first.vault.lock();
  const count = { reads: 0, failedReads: 0, kills: 0, opened: 0 };
  const isRight = async (vault: BrokerCredentialStore, index: number): Promise<boolean> => {
    const { scope, envelope } = tables.row(scopeOf(index).connectionId);
    try {
      return (await vault.open(scope, envelope))["secretKey"] === `secret-${index}`;
    } catch {
      return false;
    }
  };
  for (let isDone = false; !isDone;) {
    using process = boot();
    // Writes of one rotation: about one a row, one a data key, and the key file's.
    tables.killAfter =
      count.kills < kills
        ? random.integer(Math.max(2, Math.ceil((2 * credentials) / (kills + 1))))
        : Number.POSITIVE_INFINITY;
    const rotation = { isOver: false };
    const reading = (async () => {
      while (!rotation.isOver) {
        count.reads += 1;
        if (!(await isRight(process.vault, random.integer(credentials)))) count.failedReads += 1;
        // Cold as often as not: what is read from memory proves nothing of the tables.
        if (random.integer(4) === 0) process.vault.lock();
      }
    })();
    try {
      await rotateKeys({ ...process, batch: 50 });
      isDone = count.kills >= kills;
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
      count.kills += 1;
    } finally {
      rotation.isOver = true;
      await reading;
    }
  }
  using last = boot();
  for (let index = 0; index < credentials; index += 1) if (await isRight(last.vault, index)) count.opened += 1;
  return { credentials, ...count, version: last.keys.ring.current.version, isRotating: await isRotating(last) };
}
