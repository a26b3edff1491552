import type { UserId } from "@trenddojo/brokers/domain";
import { and, asc, count, eq, gt, isNotNull, isNull, lt, or } from "drizzle-orm";
import type { Executor, Tx } from "../Db.ts";
import { recoveryCodes, totpFactors } from "../schema/secondFactors.ts";
import { users } from "../schema/users.ts";

export type TotpFactorRow = typeof totpFactors.$inferSelect;

/** Begun or confirmed. */
export async function findTotp(db: Executor, userId: UserId): Promise<TotpFactorRow | null> {
  const [row] = await db.select().from(totpFactors).where(eq(totpFactors.userId, userId));
  return row ?? null;
}

/** Begins an enrolment over one that was begun before. False where there is a confirmed one. */
export async function beginTotp(
  db: Executor,
  factor: Pick<TotpFactorRow, "userId" | "version" | "envelope" | "createdAt">,
): Promise<boolean> {
  const { userId, ...rest } = factor;
  const rows = await db
    .insert(totpFactors)
    .values({ userId, ...rest })
    .onConflictDoUpdate({ target: totpFactors.userId, set: rest, setWhere: isNull(totpFactors.confirmedAt) })
    .returning({ userId: totpFactors.userId });
  return rows.length > 0;
}

/** Begun or confirmed, of all users: those after the user `after`, in the order of their ids, at most `limit`; null begins. */
export function listSealed(
  db: Executor,
  after: UserId | null,
  limit: number,
): Promise<(Pick<TotpFactorRow, "userId" | "version" | "envelope"> & { readonly username: string })[]> {
  const { userId, version, envelope } = totpFactors;
  return db
    .select({ userId, version, envelope, username: users.username })
    .from(totpFactors)
    .innerJoin(users, eq(users.id, userId))
    .where(after === null ? undefined : gt(userId, after))
    .orderBy(asc(userId))
    .limit(limit);
}

/** Begun or confirmed, of all users. */
export async function countAll(db: Executor): Promise<number> {
  const [row] = await db.select({ count: count() }).from(totpFactors);
  return row?.count ?? 0;
}

/** Stores the same secret, sealed anew for the next version; the codes that were taken stay so. False where another writer was first. */
export async function reseal(
  db: Executor,
  {
    userId,
    expectedVersion,
    envelope,
  }: { readonly userId: UserId; readonly expectedVersion: number; readonly envelope: string },
): Promise<boolean> {
  const rows = await db
    .update(totpFactors)
    .set({ envelope, version: expectedVersion + 1 })
    .where(and(eq(totpFactors.userId, userId), eq(totpFactors.version, expectedVersion)))
    .returning({ userId: totpFactors.userId });
  return rows.length > 0;
}

/** Takes a code's time step: false where it, or a later one, was taken before. */
export async function takeStep(
  db: Executor,
  { userId, version, step }: { readonly userId: UserId; readonly version: number; readonly step: number },
): Promise<boolean> {
  const isNew = or(isNull(totpFactors.lastStep), lt(totpFactors.lastStep, step));
  const rows = await db
    .update(totpFactors)
    .set({ lastStep: step })
    .where(and(eq(totpFactors.userId, userId), eq(totpFactors.version, version), isNew))
    .returning({ userId: totpFactors.userId });
  return rows.length > 0;
}

/** The app has shown that it has the secret: from now on its codes are asked for. */
export async function confirmTotp(db: Executor, userId: UserId, at: number): Promise<void> {
  await db.update(totpFactors).set({ confirmedAt: at }).where(eq(totpFactors.userId, userId));
}

/** Forgets the app. False where none was confirmed. */
export async function removeTotp(db: Executor, userId: UserId): Promise<boolean> {
  const rows = await db
    .delete(totpFactors)
    .where(and(eq(totpFactors.userId, userId), isNotNull(totpFactors.confirmedAt)))
    .returning({ userId: totpFactors.userId });
  return rows.length > 0;
}

/** Puts these recovery codes in the place of the ones before; of none where there is nothing to recover. */
export async function setRecoveryCodes(tx: Tx, userId: UserId, codeHashes: readonly string[]): Promise<void> {
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId));
  if (codeHashes.length > 0)
    await tx.insert(recoveryCodes).values(codeHashes.map((codeHash) => ({ userId, codeHash })));
}

/** Uses a recovery code up: of two calls at once, one gets true. */
export async function takeRecoveryCode(
  db: Executor,
  { userId, codeHash, at }: { readonly userId: UserId; readonly codeHash: string; readonly at: number },
): Promise<boolean> {
  const rows = await db
    .update(recoveryCodes)
    .set({ usedAt: at })
    .where(and(eq(recoveryCodes.userId, userId), eq(recoveryCodes.codeHash, codeHash), isNull(recoveryCodes.usedAt)))
    .returning({ userId: recoveryCodes.userId });
  return rows.length > 0;
}

/** Recovery codes that were not used yet. */
export async function countRecoveryCodes(db: Executor, userId: UserId): Promise<number> {
  const [row] = await db
    .select({ left: count() })
    .from(recoveryCodes)
    .where(and(eq(recoveryCodes.userId, userId), isNull(recoveryCodes.usedAt)));
  return row?.left ?? 0;
}
