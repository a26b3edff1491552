import type { ConnectionId, UserId } from "@trenddojo/brokers/domain";
import { and, desc, eq, gte, isNull, ne, or, sql } from "drizzle-orm";
import { formatCursor, parseCursor } from "../cursor.ts";
import type { Executor, Tx } from "../Db.ts";
import { alerts, type AlertKind } from "../schema/alerts.ts";

export type AlertRow = typeof alerts.$inferSelect;
export type NewAlert = Omit<AlertRow, "id" | "recoveredAt" | "acknowledgedAt">;

/** What an alert is about: one of a kind lasts at a time. */
export interface AlertKey {
  readonly userId: UserId;
  readonly kind: AlertKind;
  readonly subject: string;
}

/** Null, and nothing stored, while one of that kind and subject lasts. */
export async function raise(tx: Tx, alert: NewAlert): Promise<AlertRow | null> {
  const [row] = await tx
    .insert(alerts)
    .values({ ...alert, id: sql`gen_random_uuid()::text` })
    .onConflictDoNothing({
      target: [alerts.userId, alerts.kind, alerts.subject],
      where: sql`${alerts.recoveredAt} is null`,
    })
    .returning();
  return row ?? null;
}

/** Says of the one that lasts what is so by now; null where none does, or it says that already. */
export async function reword(tx: Tx, key: AlertKey, message: string): Promise<AlertRow | null> {
  const [row] = await tx
    .update(alerts)
    .set({ message })
    .where(
      and(
        eq(alerts.userId, key.userId),
        eq(alerts.kind, key.kind),
        eq(alerts.subject, key.subject),
        isNull(alerts.recoveredAt),
        ne(alerts.message, message),
      ),
    )
    .returning();
  return row ?? null;
}

/** Ends the one that lasts; null where none does. */
export async function recover(tx: Tx, key: AlertKey, at: number): Promise<AlertRow | null> {
  const [row] = await tx
    .update(alerts)
    .set({ recoveredAt: at })
    .where(
      and(
        eq(alerts.userId, key.userId),
        eq(alerts.kind, key.kind),
        eq(alerts.subject, key.subject),
        isNull(alerts.recoveredAt),
      ),
    )
    .returning();
  return row ?? null;
}

/** Marks the user's own as seen, once; `endsIt` where nothing else will. Null where there is none. */
export async function acknowledge(
  tx: Tx,
  { userId, id, at }: { readonly userId: UserId; readonly id: string; readonly at: number },
  endsIt: (row: AlertRow) => boolean,
): Promise<AlertRow | null> {
  const own = and(eq(alerts.id, id), eq(alerts.userId, userId));
  const [found] = await tx.select().from(alerts).where(own).for("update");
  if (found === undefined || found.acknowledgedAt !== null) return found ?? null;
  const ends = found.recoveredAt === null && endsIt(found);
  const [row] = await tx
    .update(alerts)
    .set({ acknowledgedAt: at, ...(ends ? { recoveredAt: at } : {}) })
    .where(own)
    .returning();
  return row ?? null;
}

/** Those that last or that nobody has acknowledged, newest first, at most `limit`. */
export function listCurrent(db: Executor, userId: UserId, limit: number): Promise<AlertRow[]> {
  return db
    .select()
    .from(alerts)
    .where(and(eq(alerts.userId, userId), or(isNull(alerts.recoveredAt), isNull(alerts.acknowledgedAt))))
    .orderBy(desc(alerts.raisedAt), desc(alerts.id))
    .limit(limit);
}

/** What was raised or recovered at or after `since`, in no order. */
export function listChangedSince(db: Executor, userId: UserId, since: number): Promise<AlertRow[]> {
  return db
    .select()
    .from(alerts)
    .where(and(eq(alerts.userId, userId), or(gte(alerts.raisedAt, since), gte(alerts.recoveredAt, since))));
}

/** The kinds of alert that last about one connection. */
export async function lastingKinds(db: Executor, connectionId: ConnectionId): Promise<AlertKind[]> {
  const rows = await db
    .select({ kind: alerts.kind })
    .from(alerts)
    .where(and(eq(alerts.connectionId, connectionId), isNull(alerts.recoveredAt)));
  return [...new Set(rows.map(({ kind }) => kind))];
}

export interface AlertPageQuery {
  readonly userId: UserId;
  /** `open`: those that last. */
  readonly filter: "open" | "all";
  /** 1 or more. */
  readonly limit: number;
  /** `nextCursor` of the page before. */
  readonly cursor?: string | undefined;
}

/** Newest first. `nextCursor` is null on the last page. @throws DbError BAD_CURSOR */
export async function page(
  db: Executor,
  { userId, filter, limit, cursor }: AlertPageQuery,
): Promise<{ readonly alerts: readonly AlertRow[]; readonly nextCursor: string | null }> {
  const end = cursor === undefined ? undefined : parseCursor(cursor);
  const rows = await db
    .select()
    .from(alerts)
    .where(
      and(
        eq(alerts.userId, userId),
        filter === "open" ? isNull(alerts.recoveredAt) : undefined,
        end === undefined
          ? undefined
          : or(
              sql`${alerts.raisedAt} < ${sql.param(end.at, alerts.raisedAt)}`,
              and(eq(alerts.raisedAt, end.at), sql`${alerts.id} < ${end.id}`),
            ),
      ),
    )
    .orderBy(desc(alerts.raisedAt), desc(alerts.id))
    .limit(limit + 1);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const nextCursor =
    rows.length > limit && last !== undefined ? formatCursor({ at: last.raisedAt, sequence: 0, id: last.id }) : null;
  return { alerts: shown, nextCursor };
}
