import type { DataKeyStore, WrappedDataKey } from "@trenddojo/brokers";
import type { Clock, Mode, UserId } from "@trenddojo/brokers/domain";
import { and, eq, isNull } from "drizzle-orm";
import type { Executor } from "../Db.ts";
import { dataKeys } from "../schema/dataKeys.ts";

const COLUMNS = {
  id: dataKeys.id,
  userId: dataKeys.userId,
  mode: dataKeys.mode,
  kekVersion: dataKeys.kekVersion,
  wrapped: dataKeys.wrapped,
};

/** Lets no data key seal from now on: the next seal of a (user, mode) makes a new one. For a lost key-encryption key. */
export async function retireDataKeys(db: Executor, at: number): Promise<void> {
  await db.update(dataKeys).set({ retiredAt: at }).where(isNull(dataKeys.retiredAt));
}

/** The vault's wrapped data keys, in the database. Several processes may share it: the first key of a (user, mode) wins. */
export function createDataKeyStore(db: Executor, clock: Clock): DataKeyStore {
  async function findCurrent(userId: UserId, mode: Mode): Promise<WrappedDataKey | null> {
    const [row] = await db
      .select(COLUMNS)
      .from(dataKeys)
      .where(and(eq(dataKeys.userId, userId), eq(dataKeys.mode, mode), isNull(dataKeys.retiredAt)));
    return row ?? null;
  }

  async function findById(id: string): Promise<WrappedDataKey | null> {
    const [row] = await db.select(COLUMNS).from(dataKeys).where(eq(dataKeys.id, id));
    return row ?? null;
  }

  async function insert(key: WrappedDataKey): Promise<WrappedDataKey> {
    await db
      .insert(dataKeys)
      .values({ ...key, createdAt: clock.now() })
      .onConflictDoNothing({ target: [dataKeys.userId, dataKeys.mode], where: isNull(dataKeys.retiredAt) });
    const current = await findCurrent(key.userId, key.mode);
    if (current === null) throw new Error("a data key is neither new nor there");
    return current;
  }

  return { findCurrent, findById, insert };
}
