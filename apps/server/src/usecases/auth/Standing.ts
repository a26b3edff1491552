import type { UserId } from "@trenddojo/brokers/domain";
import { passkeys, secondFactors, users, type Executor, type Tx, type UserRow } from "@trenddojo/db";

/** What a person's sign-in is judged by. */
export interface Standing {
  readonly user: UserRow;
  /** Names the second factors that hold; "" where there is none. */
  readonly factors: string;
}

/** The second factors as they are now: another text once one was added, removed or set up anew. */
export async function readFactorMark(db: Executor, userId: UserId): Promise<string> {
  const app = await secondFactors.findTotp(db, userId);
  const keys = await passkeys.listByUser(db, userId);
  const since = app?.confirmedAt ?? null;
  return [...(since === null ? [] : [`app ${since}`]), ...keys.map(({ id }) => id)].join(" ");
}

/** The person as they are now; null where there is none. */
export async function readStanding(db: Executor, userId: UserId): Promise<Standing | null> {
  const user = await users.find(db, userId);
  return user === null ? null : { user, factors: await readFactorMark(db, userId) };
}

/**
 * Holds the person as they are until the transaction ends. @returns them, or null where they are no longer as they were
 * judged: with another password or other factors, or removed
 */
export async function holdStanding(tx: Tx, judged: Standing): Promise<UserRow | null> {
  const user = await users.lock(tx, judged.user.id);
  if (user === null || user.removedAt !== null || user.passwordHash !== judged.user.passwordHash) return null;
  return (await readFactorMark(tx, user.id)) === judged.factors ? user : null;
}
