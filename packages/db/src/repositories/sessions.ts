import type { UserId } from "@trenddojo/brokers/domain";
import { and, desc, eq, gt, inArray, isNull, lte, ne, or, sql } from "drizzle-orm";
import type { Executor } from "../Db.ts";
import { prepared } from "../prepared.ts";
import { sessions, users } from "../schema/users.ts";
import type { UserRow } from "./users.ts";

export type SessionRow = typeof sessions.$inferSelect;

export async function insert(db: Executor, session: Omit<SessionRow, "provenAt">): Promise<void> {
  await db.insert(sessions).values(session);
}

/** The session and its user, whether it has ended or not: the caller judges by its clock. */
export async function findWithUser(
  db: Executor,
  id: string,
): Promise<{ readonly session: SessionRow; readonly user: UserRow } | null> {
  const [row] = await withUser(db).execute({ id });
  return row ?? null;
}

const withUser = prepared((db) =>
  db
    .select({ session: sessions, user: users })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(eq(sessions.id, sql.placeholder("id")))
    .prepare("session_with_user"),
);

/** Newest first. */
export function listByUser(db: Executor, userId: UserId): Promise<SessionRow[]> {
  return db
    .select()
    .from(sessions)
    .where(eq(sessions.userId, userId))
    .orderBy(desc(sessions.createdAt), desc(sessions.id));
}

/** Where each session that is still kept began, and whose it is; the last 10,000, oldest first. */
export async function listOrigins(db: Executor): Promise<{ readonly username: string; readonly address: string }[]> {
  const rows = await db
    .select({ username: users.username, address: sessions.address })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .orderBy(desc(sessions.createdAt), desc(sessions.id))
    .limit(10_000);
  return rows.toReversed();
}

/** Moves the idle end. False where the session is gone. */
export async function touch(db: Executor, id: string, lastSeenAt: number): Promise<boolean> {
  const rows = await db.update(sessions).set({ lastSeenAt }).where(eq(sessions.id, id)).returning({ id: sessions.id });
  return rows.length > 0;
}

/** Its person has just shown more than the open browser. False where the session is gone. */
export async function setProven(db: Executor, id: string, provenAt: number): Promise<boolean> {
  const rows = await db.update(sessions).set({ provenAt }).where(eq(sessions.id, id)).returning({ id: sessions.id });
  return rows.length > 0;
}

/** Moves the absolute end. False where the session is gone. */
export async function setExpiry(db: Executor, id: string, expiresAt: number): Promise<boolean> {
  const rows = await db.update(sessions).set({ expiresAt }).where(eq(sessions.id, id)).returning({ id: sessions.id });
  return rows.length > 0;
}

/** False where it was gone already. */
export async function remove(db: Executor, id: string): Promise<boolean> {
  const rows = await db.delete(sessions).where(eq(sessions.id, id)).returning({ id: sessions.id });
  return rows.length > 0;
}

/** Ends all of a user's sessions but `exceptId`, and answers the ids that ended. */
export async function removeByUser(db: Executor, userId: UserId, exceptId?: string): Promise<string[]> {
  const others = exceptId === undefined ? undefined : ne(sessions.id, exceptId);
  const rows = await db
    .delete(sessions)
    .where(and(eq(sessions.userId, userId), others))
    .returning({ id: sessions.id });
  return rows.map((row) => row.id);
}

/** Ends the sessions that are past their absolute end or were not seen since `idleSince`, and answers their ids. */
export async function removeExpired(
  db: Executor,
  { now, idleSince }: { readonly now: number; readonly idleSince: number },
): Promise<string[]> {
  const rows = await db
    .delete(sessions)
    .where(or(lte(sessions.expiresAt, now), lte(sessions.lastSeenAt, idleSince)))
    .returning({ id: sessions.id });
  return rows.map((row) => row.id);
}

/** Which of `ids` have not ended: neither removed, nor past an end of theirs, nor their person removed. */
export async function listAlive(
  db: Executor,
  ids: readonly string[],
  { now, idleSince }: { readonly now: number; readonly idleSince: number },
): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const rows = await db
    .select({ id: sessions.id })
    .from(sessions)
    .innerJoin(users, and(eq(users.id, sessions.userId), isNull(users.removedAt)))
    .where(and(inArray(sessions.id, [...ids]), gt(sessions.expiresAt, now), gt(sessions.lastSeenAt, idleSince)));
  return new Set(rows.map((row) => row.id));
}

/** What a person has shown holds no more, in any session but `exceptId`. */
export async function voidProofs(db: Executor, userId: UserId, exceptId: string): Promise<void> {
  await db
    .update(sessions)
    .set({ provenAt: null })
    .where(and(eq(sessions.userId, userId), ne(sessions.id, exceptId)));
}
