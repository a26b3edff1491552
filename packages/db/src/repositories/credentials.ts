import type { ConnectionId, Mode, UserId } from "@trenddojo/brokers/domain";
import { and, asc, count, eq, gt, inArray } from "drizzle-orm";
import type { Executor } from "../Db.ts";
import { brokerConnections, brokerCredentials, type CredentialHints } from "../schema/connections.ts";
import { users } from "../schema/users.ts";

export type CredentialRow = typeof brokerCredentials.$inferSelect;

export interface NewCredentials {
  readonly connectionId: ConnectionId;
  readonly mode: Mode;
  /** Sealed for row version 1. */
  readonly envelope: string;
  readonly hints: CredentialHints;
  readonly at: number;
}

/** @throws a foreign key violation where the connection does not exist or is of another mode. */
export async function insert(db: Executor, { at, ...credentials }: NewCredentials): Promise<void> {
  await db.insert(brokerCredentials).values({ ...credentials, rowVersion: 1, createdAt: at, updatedAt: at });
}

export async function find(db: Executor, connectionId: ConnectionId): Promise<CredentialRow | null> {
  const [row] = await db.select().from(brokerCredentials).where(eq(brokerCredentials.connectionId, connectionId));
  return row ?? null;
}

/** Of all users and connections. */
export async function countAll(db: Executor): Promise<number> {
  const [row] = await db.select({ count: count() }).from(brokerCredentials);
  return row?.count ?? 0;
}

/** What a screen may show of a connection's credentials. */
export interface ShownCredentials {
  readonly hints: CredentialHints;
  /** When a person typed them, epoch milliseconds. */
  readonly setAt: number;
}

/** Of several connections; nothing for those without. */
export async function shown(
  db: Executor,
  connectionIds: readonly ConnectionId[],
): Promise<ReadonlyMap<ConnectionId, ShownCredentials>> {
  if (connectionIds.length === 0) return new Map();
  const { connectionId, hints, updatedAt } = brokerCredentials;
  const rows = await db
    .select({ connectionId, hints, setAt: updatedAt })
    .from(brokerCredentials)
    .where(inArray(connectionId, [...connectionIds]));
  return new Map(rows.map(({ connectionId: id, ...facts }) => [id, facts]));
}

/** An envelope with all that it was sealed for, and with what tells a person whose it is. */
export interface SealedCredentials {
  readonly connectionId: ConnectionId;
  readonly userId: UserId;
  readonly username: string;
  readonly broker: string;
  readonly mode: Mode;
  readonly label: string;
  readonly rowVersion: number;
  readonly envelope: string;
}

/** Of all users: those after the connection `after`, in the order of their ids, at most `limit`; null begins. */
export function listSealed(db: Executor, after: ConnectionId | null, limit: number): Promise<SealedCredentials[]> {
  return db
    .select({
      connectionId: brokerCredentials.connectionId,
      userId: brokerConnections.userId,
      username: users.username,
      broker: brokerConnections.broker,
      mode: brokerConnections.mode,
      label: brokerConnections.label,
      rowVersion: brokerCredentials.rowVersion,
      envelope: brokerCredentials.envelope,
    })
    .from(brokerCredentials)
    .innerJoin(brokerConnections, eq(brokerConnections.id, brokerCredentials.connectionId))
    .innerJoin(users, eq(users.id, brokerConnections.userId))
    .where(after === null ? undefined : gt(brokerCredentials.connectionId, after))
    .orderBy(asc(brokerCredentials.connectionId))
    .limit(limit);
}

/** As `replace`, for the same credentials under another data key: they grow no younger. */
export async function reseal(
  db: Executor,
  {
    connectionId,
    expectedRowVersion,
    envelope,
  }: { readonly connectionId: ConnectionId; readonly expectedRowVersion: number; readonly envelope: string },
): Promise<boolean> {
  const rows = await db
    .update(brokerCredentials)
    .set({ envelope, rowVersion: expectedRowVersion + 1 })
    .where(and(eq(brokerCredentials.connectionId, connectionId), eq(brokerCredentials.rowVersion, expectedRowVersion)))
    .returning({ connectionId: brokerCredentials.connectionId });
  return rows.length > 0;
}

/**
 * Replaces the envelope by one sealed for `expectedRowVersion + 1`. False, and nothing changed, where another writer
 * was first: read, seal and try again.
 */
export async function replace(
  db: Executor,
  {
    connectionId,
    expectedRowVersion,
    at,
    ...change
  }: {
    readonly connectionId: ConnectionId;
    readonly expectedRowVersion: number;
    readonly envelope: string;
    readonly hints: CredentialHints;
    readonly at: number;
  },
): Promise<boolean> {
  const rows = await db
    .update(brokerCredentials)
    .set({ ...change, rowVersion: expectedRowVersion + 1, updatedAt: at })
    .where(and(eq(brokerCredentials.connectionId, connectionId), eq(brokerCredentials.rowVersion, expectedRowVersion)))
    .returning({ connectionId: brokerCredentials.connectionId });
  return rows.length > 0;
}
