import type { AccountId, UserId } from "@trenddojo/brokers/domain";
import { and, asc, eq, gt, isNull } from "drizzle-orm";
import type { Executor, Tx } from "../Db.ts";
import { limitRaises } from "../schema/risk.ts";

export type LimitRaiseRow = typeof limitRaises.$inferSelect;
export type NewLimitRaise = Omit<LimitRaiseRow, "endedAt" | "endedBy">;

export async function insert(tx: Tx, raise: NewLimitRaise): Promise<LimitRaiseRow> {
  const [row] = await tx.insert(limitRaises).values(raise).returning();
  if (row === undefined) throw new Error("an insert returned no row");
  return row;
}

/** Those of an account that last at `now`, oldest first. */
export function listLasting(db: Executor, accountId: AccountId, now: number): Promise<LimitRaiseRow[]> {
  return db
    .select()
    .from(limitRaises)
    .where(and(eq(limitRaises.accountId, accountId), gt(limitRaises.until, now), isNull(limitRaises.endedAt)))
    .orderBy(asc(limitRaises.grantedAt), asc(limitRaises.id));
}

export async function find(db: Executor, id: string): Promise<LimitRaiseRow | null> {
  const [row] = await db.select().from(limitRaises).where(eq(limitRaises.id, id));
  return row ?? null;
}

/** Ends one before its time. False where it is over already. */
export async function end(tx: Tx, id: string, at: number, endedBy: UserId): Promise<boolean> {
  const rows = await tx
    .update(limitRaises)
    .set({ endedAt: at, endedBy })
    .where(and(eq(limitRaises.id, id), gt(limitRaises.until, at), isNull(limitRaises.endedAt)))
    .returning({ id: limitRaises.id });
  return rows.length > 0;
}
