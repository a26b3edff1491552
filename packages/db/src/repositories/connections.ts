import type { ConnectionId, UserId } from "@trenddojo/brokers/domain";
import { and, asc, eq, isNull } from "drizzle-orm";
import type { Executor, Tx } from "../Db.ts";
import { accounts } from "../schema/accounts.ts";
import { brokerConnections, brokerCredentials, type DesiredState } from "../schema/connections.ts";

export type ConnectionRow = typeof brokerConnections.$inferSelect;
export type NewConnection = Omit<ConnectionRow, "removedAt">;

/** @throws a unique violation of `broker_connections_built_in_unique`: a user has one built-in connection. */
export async function insert(db: Executor, connection: NewConnection): Promise<void> {
  await db.insert(brokerConnections).values(connection);
}

/** The user's own; removed ones are not found. */
export async function find(db: Executor, userId: UserId, id: ConnectionId): Promise<ConnectionRow | null> {
  const [row] = await db
    .select()
    .from(brokerConnections)
    .where(
      and(eq(brokerConnections.id, id), eq(brokerConnections.userId, userId), isNull(brokerConnections.removedAt)),
    );
  return row ?? null;
}

/** Oldest first, without the removed ones. */
export function listByUser(db: Executor, userId: UserId): Promise<ConnectionRow[]> {
  return db
    .select()
    .from(brokerConnections)
    .where(and(eq(brokerConnections.userId, userId), isNull(brokerConnections.removedAt)))
    .orderBy(asc(brokerConnections.createdAt), asc(brokerConnections.id));
}

/** Every user's, oldest first, without the removed ones: what a starting server takes up. */
export function listAll(db: Executor): Promise<ConnectionRow[]> {
  return db
    .select()
    .from(brokerConnections)
    .where(isNull(brokerConnections.removedAt))
    .orderBy(asc(brokerConnections.createdAt), asc(brokerConnections.id));
}

/** Null where there is no such connection. */
export async function setDesired(db: Executor, id: ConnectionId, desired: DesiredState): Promise<ConnectionRow | null> {
  const [row] = await db
    .update(brokerConnections)
    .set({ desired })
    .where(and(eq(brokerConnections.id, id), isNull(brokerConnections.removedAt)))
    .returning();
  return row ?? null;
}

/**
 * Removes a connection: its credentials are deleted, its accounts may be connected anew, its orders stay.
 * False where it was gone already or is the built-in one.
 */
export async function remove(tx: Tx, id: ConnectionId, at: number): Promise<boolean> {
  const rows = await tx
    .update(brokerConnections)
    .set({ removedAt: at, desired: "disconnected" })
    .where(and(eq(brokerConnections.id, id), eq(brokerConnections.builtIn, false), isNull(brokerConnections.removedAt)))
    .returning({ id: brokerConnections.id });
  if (rows.length === 0) return false;
  await tx.update(accounts).set({ removedAt: at }).where(eq(accounts.connectionId, id));
  await tx.delete(brokerCredentials).where(eq(brokerCredentials.connectionId, id));
  return true;
}
