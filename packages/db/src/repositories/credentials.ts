import type { ConnectionId, Mode } from "@trenddojo/brokers/domain";
import { and, count, eq, inArray } from "drizzle-orm";
import type { Executor } from "../Db.ts";
import { brokerCredentials, type CredentialHints } from "../schema/connections.ts";

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

/** What a screen may show of several connections' credentials; nothing for those without. */
export async function hints(
  db: Executor,
  connectionIds: readonly ConnectionId[],
): Promise<ReadonlyMap<ConnectionId, CredentialHints>> {
  if (connectionIds.length === 0) return new Map();
  const rows = await db
    .select({ connectionId: brokerCredentials.connectionId, hints: brokerCredentials.hints })
    .from(brokerCredentials)
    .where(inArray(brokerCredentials.connectionId, [...connectionIds]));
  return new Map(rows.map((row) => [row.connectionId, row.hints]));
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
