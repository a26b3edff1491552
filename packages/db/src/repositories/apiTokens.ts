import type { UserId } from "@trenddojo/brokers/domain";
import { and, desc, eq, gt, isNull } from "drizzle-orm";
import type { Executor } from "../Db.ts";
import { apiTokens } from "../schema/apiTokens.ts";
import { users } from "../schema/users.ts";
import type { UserRow } from "./users.ts";

export type ApiTokenRow = typeof apiTokens.$inferSelect;
export type NewApiToken = Omit<ApiTokenRow, "lastUsedAt" | "revokedAt">;

export async function insert(db: Executor, token: NewApiToken): Promise<void> {
  await db.insert(apiTokens).values(token);
}

/** Those of a person that hold, newest first. */
export function listByUser(db: Executor, userId: UserId, now: number): Promise<ApiTokenRow[]> {
  return db
    .select()
    .from(apiTokens)
    .where(and(eq(apiTokens.userId, userId), isOpen(now)))
    .orderBy(desc(apiTokens.createdAt), desc(apiTokens.id));
}

/** The token and its person, while both hold. */
export async function findWithUser(
  db: Executor,
  tokenHash: string,
  now: number,
): Promise<{ readonly token: ApiTokenRow; readonly user: UserRow } | null> {
  const [row] = await db
    .select({ token: apiTokens, user: users })
    .from(apiTokens)
    .innerJoin(users, eq(users.id, apiTokens.userId))
    .where(and(eq(apiTokens.tokenHash, tokenHash), isOpen(now), isNull(users.removedAt)));
  return row ?? null;
}

export async function touch(db: Executor, id: string, lastUsedAt: number): Promise<void> {
  await db.update(apiTokens).set({ lastUsedAt }).where(eq(apiTokens.id, id));
}

/** One of a person's own. False where it does not hold any more. */
export async function revoke(
  db: Executor,
  { id, userId, at }: { readonly id: string; readonly userId: UserId; readonly at: number },
): Promise<boolean> {
  const rows = await db
    .update(apiTokens)
    .set({ revokedAt: at })
    .where(and(eq(apiTokens.id, id), eq(apiTokens.userId, userId), isOpen(at)))
    .returning({ id: apiTokens.id });
  return rows.length > 0;
}

/** All of a person's. */
export async function revokeByUser(db: Executor, userId: UserId, at: number): Promise<void> {
  await db
    .update(apiTokens)
    .set({ revokedAt: at })
    .where(and(eq(apiTokens.userId, userId), isOpen(at)));
}

function isOpen(now: number) {
  return and(isNull(apiTokens.revokedAt), gt(apiTokens.expiresAt, now));
}
