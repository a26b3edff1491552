import type { DataKeyStore, WrappedDataKey } from "@trenddojo/brokers";
import type { Clock, Mode, UserId } from "@trenddojo/brokers/domain";
import { and, asc, eq, gt, isNull } from "drizzle-orm";
import type { Executor } from "../Db.ts";
import { dataKeys } from "../schema/dataKeys.ts";

const COLUMNS = {
  id: dataKeys.id,
  userId: dataKeys.userId,
  mode: dataKeys.mode,
  kekVersion: dataKeys.kekVersion,
  wrapped: dataKeys.wrapped,
};

/** Those after the id `after`, retired ones too, in the order of ids, at most `limit`; null begins. */
export async function listDataKeys(
  db: Executor,
  after: string | null,
  limit: number,
): Promise<(WrappedDataKey & { readonly isRetired: boolean })[]> {
  const rows = await db
    .select({ ...COLUMNS, retiredAt: dataKeys.retiredAt })
    .from(dataKeys)
    .where(after === null ? undefined : gt(dataKeys.id, after))
    .orderBy(asc(dataKeys.id))
    .limit(limit);
  return rows.map(({ retiredAt, ...key }) => ({ ...key, isRetired: retiredAt !== null }));
}

/** Stores `key` as it is wrapped now in place of its wrap of version `replaces`. False where another writer was first. */
export async function rewrapDataKey(db: Executor, key: WrappedDataKey, replaces: number): Promise<boolean> {
  const rows = await db
    .update(dataKeys)
    .set({ wrapped: key.wrapped, kekVersion: key.kekVersion })
    .where(and(eq(dataKeys.id, key.id), eq(dataKeys.kekVersion, replaces)))
    .returning({ id: dataKeys.id });
  return rows.length > 0;
}

/** Lets no data key seal from now on: the next seal of a (user, mode) makes a new one. */
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
