import type { AccountId, ConnectionId, UserId } from "@trenddojo/brokers/domain";
import { and, asc, eq, inArray, isNull, sql } from "drizzle-orm";
import type { Executor, Tx } from "../Db.ts";
import { textsParam } from "../rows.ts";
import { accounts } from "../schema/accounts.ts";
import { together } from "../together.ts";

export type AccountRow = typeof accounts.$inferSelect;
export type NewAccount = Omit<AccountRow, "removedAt">;

/**
 * @throws a unique violation of `accounts_venue_account_unique`: another connection of the user holds that account; a
 * foreign key violation where user, broker or mode are not those of the connection.
 */
export async function insert(db: Executor, account: NewAccount): Promise<void> {
  await db.insert(accounts).values(account);
}

/** The user's own; removed ones are not found. */
export async function find(db: Executor, userId: UserId, id: AccountId): Promise<AccountRow | null> {
  const [row] = await db
    .select()
    .from(accounts)
    .where(and(eq(accounts.id, id), eq(accounts.userId, userId), isNull(accounts.removedAt)));
  return row ?? null;
}

/** Oldest first, without the removed ones. */
export function listByUser(db: Executor, userId: UserId): Promise<AccountRow[]> {
  return db
    .select()
    .from(accounts)
    .where(and(eq(accounts.userId, userId), isNull(accounts.removedAt)))
    .orderBy(asc(accounts.createdAt), asc(accounts.id));
}

/** Of any of these connections, with the removed ones; oldest first. */
export function listByConnections(db: Executor, connectionIds: readonly ConnectionId[]): Promise<AccountRow[]> {
  if (connectionIds.length === 0) return Promise.resolve([]);
  return db
    .select()
    .from(accounts)
    .where(inArray(accounts.connectionId, [...connectionIds]))
    .orderBy(asc(accounts.createdAt), asc(accounts.id));
}

/** Oldest first, with the removed ones. */
export function listByConnection(db: Executor, connectionId: ConnectionId): Promise<AccountRow[]> {
  return db
    .select()
    .from(accounts)
    .where(eq(accounts.connectionId, connectionId))
    .orderBy(asc(accounts.createdAt), asc(accounts.id));
}

/**
 * Locks the account until the transaction ends: the limits of two orders of one account are reckoned one after the
 * other. Null where there is none (any more).
 */
export const lock = together(async (tx: Tx, ids: readonly AccountId[]) => {
  const rows = await tx
    .select()
    .from(accounts)
    .where(and(sql`${accounts.id} = any(${textsParam(ids)})`, isNull(accounts.removedAt)))
    .orderBy(asc(accounts.id))
    .for("update");
  const found = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id): AccountRow | null => found.get(id) ?? null);
});
