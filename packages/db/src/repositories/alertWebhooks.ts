import type { UserId } from "@trenddojo/brokers/domain";
import { and, asc, eq, gt } from "drizzle-orm";
import type { Executor, Tx } from "../Db.ts";
import { alertWebhooks } from "../schema/alerts.ts";
import { users } from "../schema/users.ts";

export type AlertWebhookRow = typeof alertWebhooks.$inferSelect;

export async function find(db: Executor, userId: UserId): Promise<AlertWebhookRow | null> {
  const [row] = await db.select().from(alertWebhooks).where(eq(alertWebhooks.userId, userId));
  return row ?? null;
}

/** Of all users. */
export function listAll(db: Executor): Promise<AlertWebhookRow[]> {
  return db.select().from(alertWebhooks);
}

/**
 * Stores the user's one in place of `replaces`, the row version that was read; null where there was none. False, and
 * nothing stored, where another writer was first.
 */
export async function put(tx: Tx, webhook: AlertWebhookRow, replaces: number | null): Promise<boolean> {
  if (replaces === null) {
    const rows = await tx
      .insert(alertWebhooks)
      .values(webhook)
      .onConflictDoNothing()
      .returning({ userId: alertWebhooks.userId });
    return rows.length > 0;
  }
  const rows = await tx
    .update(alertWebhooks)
    .set(webhook)
    .where(and(eq(alertWebhooks.userId, webhook.userId), eq(alertWebhooks.rowVersion, replaces)))
    .returning({ userId: alertWebhooks.userId });
  return rows.length > 0;
}

/** Of all users: those after the user `after`, in the order of their ids, at most `limit`; null begins. */
export function listSealed(
  db: Executor,
  after: UserId | null,
  limit: number,
): Promise<(Pick<AlertWebhookRow, "userId" | "rowVersion" | "envelope"> & { readonly username: string })[]> {
  const { userId, rowVersion, envelope } = alertWebhooks;
  return db
    .select({ userId, rowVersion, envelope, username: users.username })
    .from(alertWebhooks)
    .innerJoin(users, eq(users.id, userId))
    .where(after === null ? undefined : gt(userId, after))
    .orderBy(asc(userId))
    .limit(limit);
}

/** Stores the same webhook, sealed anew for the next row version. False where another writer was first. */
export async function reseal(
  db: Executor,
  {
    userId,
    expectedRowVersion,
    envelope,
  }: { readonly userId: UserId; readonly expectedRowVersion: number; readonly envelope: string },
): Promise<boolean> {
  const rows = await db
    .update(alertWebhooks)
    .set({ envelope, rowVersion: expectedRowVersion + 1 })
    .where(and(eq(alertWebhooks.userId, userId), eq(alertWebhooks.rowVersion, expectedRowVersion)))
    .returning({ userId: alertWebhooks.userId });
  return rows.length > 0;
}

/** What became of the newest delivery, while it is still the same webhook. */
export async function setResult(
  db: Executor,
  { userId, envelope }: Pick<AlertWebhookRow, "userId" | "envelope">,
  result: Partial<Pick<AlertWebhookRow, "lastDeliveredAt" | "lastError">>,
): Promise<void> {
  await db
    .update(alertWebhooks)
    .set(result)
    .where(and(eq(alertWebhooks.userId, userId), eq(alertWebhooks.envelope, envelope)));
}

/** The one that was removed; null where there was none. */
export async function remove(tx: Tx, userId: UserId): Promise<AlertWebhookRow | null> {
  const [row] = await tx.delete(alertWebhooks).where(eq(alertWebhooks.userId, userId)).returning();
  return row ?? null;
}
