import type { UserId } from "@trenddojo/brokers/domain";
import { and, asc, eq, isNull, lt } from "drizzle-orm";
import type { Executor } from "../Db.ts";
import { passkeys } from "../schema/passkeys.ts";
import { users } from "../schema/users.ts";
import type { UserRow } from "./users.ts";

export type PasskeyRow = typeof passkeys.$inferSelect;
export type NewPasskey = Omit<PasskeyRow, "lastUsedAt">;

/** @throws a unique violation of `passkeys_pkey`: the authenticator's credential is registered already, by whomever. */
export async function insert(db: Executor, passkey: NewPasskey): Promise<void> {
  await db.insert(passkeys).values(passkey);
}

/** Oldest first. */
export function listByUser(db: Executor, userId: UserId): Promise<PasskeyRow[]> {
  return db
    .select()
    .from(passkeys)
    .where(eq(passkeys.userId, userId))
    .orderBy(asc(passkeys.createdAt), asc(passkeys.id));
}

export function countByUser(db: Executor, userId: UserId): Promise<number> {
  return db.$count(passkeys, eq(passkeys.userId, userId));
}

/** The passkey and its person; null also where the person was removed. */
export async function findWithUser(
  db: Executor,
  id: string,
): Promise<{ readonly passkey: PasskeyRow; readonly user: UserRow } | null> {
  const [row] = await db
    .select({ passkey: passkeys, user: users })
    .from(passkeys)
    .innerJoin(users, eq(users.id, passkeys.userId))
    .where(and(eq(passkeys.id, id), isNull(users.removedAt)));
  return row ?? null;
}

/**
 * Writes a use down. False where the passkey is gone, or where its signature counter has not grown since the last use,
 * which two copies of one key would show; an authenticator that keeps no counter says 0 each time (WebAuthn 6.1.1).
 */
export async function use(
  db: Executor,
  { id, signCount, at }: { readonly id: string; readonly signCount: number; readonly at: number },
): Promise<boolean> {
  const hasGrown = signCount === 0 ? eq(passkeys.signCount, 0) : lt(passkeys.signCount, signCount);
  const rows = await db
    .update(passkeys)
    .set({ signCount, lastUsedAt: at })
    .where(and(eq(passkeys.id, id), hasGrown))
    .returning({ id: passkeys.id });
  return rows.length > 0;
}

/** One of a person's own; answers what it was called. Null where there is none. */
export async function remove(db: Executor, userId: UserId, id: string): Promise<string | null> {
  const [row] = await db
    .delete(passkeys)
    .where(and(eq(passkeys.id, id), eq(passkeys.userId, userId)))
    .returning({ name: passkeys.name });
  return row?.name ?? null;
}
