import type { UserId } from "@trenddojo/brokers/domain";
import { and, asc, eq, isNull, ne } from "drizzle-orm";
import type { Executor, Tx } from "../Db.ts";
import { eventStreams } from "../schema/orderEvents.ts";
import { tradingStates } from "../schema/risk.ts";
import { users, type Role } from "../schema/users.ts";

export type UserRow = typeof users.$inferSelect;

export interface NewUser {
  readonly id: UserId;
  readonly username: string;
  readonly passwordHash: string;
  readonly role: Role;
  readonly createdAt: number;
}

/**
 * Creates a user who may trade and has seen no event yet.
 * @throws a unique violation of `users_username_key_unique` (the name is taken) or `users_single_owner` (there is an owner).
 */
export async function insert(tx: Tx, user: NewUser): Promise<UserRow> {
  const [row] = await tx
    .insert(users)
    .values({ ...user, usernameKey: keyOf(user.username), passwordChangedAt: user.createdAt })
    .returning();
  if (row === undefined) throw new Error("an insert returned no row");
  await tx.insert(tradingStates).values({ userId: user.id, changedAt: user.createdAt });
  await tx.insert(eventStreams).values({ userId: user.id, lastSequence: 0 });
  return row;
}

/** Also one who was removed: the past names them. */
export async function find(db: Executor, userId: UserId): Promise<UserRow | null> {
  const [row] = await db.select().from(users).where(eq(users.id, userId));
  return row ?? null;
}

/** In any case: "ADA" finds "Ada". Nobody who was removed. */
export async function findByUsername(db: Executor, username: string): Promise<UserRow | null> {
  const [row] = await db
    .select()
    .from(users)
    .where(and(eq(users.usernameKey, keyOf(username)), isNull(users.removedAt)));
  return row ?? null;
}

/** Oldest first, without who was removed. */
export function list(db: Executor): Promise<UserRow[]> {
  return db.select().from(users).where(isNull(users.removedAt)).orderBy(asc(users.createdAt), asc(users.id));
}

/** Oldest first, with who was removed. */
export function listEver(db: Executor): Promise<UserRow[]> {
  return db.select().from(users).orderBy(asc(users.createdAt), asc(users.id));
}

/** In any case, also who was removed: a name stays taken. */
export async function findEver(db: Executor, username: string): Promise<UserRow | null> {
  const [row] = await db
    .select()
    .from(users)
    .where(eq(users.usernameKey, keyOf(username)));
  return row ?? null;
}

/** The row until the transaction ends, also of who was removed: what was judged by it holds when it is written. */
export async function lock(tx: Tx, userId: UserId): Promise<UserRow | null> {
  const [row] = await tx.select().from(users).where(eq(users.id, userId)).for("no key update");
  return row ?? null;
}

/** Whether there is any user, that is, whether the desk was set up. */
export async function any(db: Executor): Promise<boolean> {
  const rows = await db.select({ id: users.id }).from(users).limit(1);
  return rows.length > 0;
}

/** False where there is no such user. */
export async function setPasswordHash(
  db: Executor,
  { userId, passwordHash, at }: { readonly userId: UserId; readonly passwordHash: string; readonly at: number },
): Promise<boolean> {
  const rows = await db
    .update(users)
    .set({ passwordHash, passwordChangedAt: at })
    .where(eq(users.id, userId))
    .returning({ id: users.id });
  return rows.length > 0;
}

/** Not the owner's, and nobody's who was removed: false then. */
export async function setRole(db: Executor, userId: UserId, role: Exclude<Role, "owner">): Promise<boolean> {
  const rows = await db.update(users).set({ role }).where(isMember(userId)).returning({ id: users.id });
  return rows.length > 0;
}

/** The person may not sign in any more. False for the owner, and for who was removed already. */
export async function remove(db: Executor, userId: UserId, removedAt: number): Promise<boolean> {
  const rows = await db.update(users).set({ removedAt }).where(isMember(userId)).returning({ id: users.id });
  return rows.length > 0;
}

function isMember(userId: UserId) {
  return and(eq(users.id, userId), ne(users.role, "owner"), isNull(users.removedAt));
}

function keyOf(username: string): string {
  return username.toLowerCase();
}
