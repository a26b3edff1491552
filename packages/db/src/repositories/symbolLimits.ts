import type { AccountId } from "@trenddojo/brokers/domain";
import { and, asc, eq } from "drizzle-orm";
import type { Executor } from "../Db.ts";
import { symbolLimits } from "../schema/risk.ts";

export type SymbolLimitRow = typeof symbolLimits.$inferSelect;

/** By symbol. */
export function list(db: Executor, accountId: AccountId): Promise<SymbolLimitRow[]> {
  return db.select().from(symbolLimits).where(eq(symbolLimits.accountId, accountId)).orderBy(asc(symbolLimits.symbol));
}

/** Replaces all that holds for the symbol. @throws a check failure for limits out of bounds. */
export async function set(db: Executor, limit: SymbolLimitRow): Promise<void> {
  await db
    .insert(symbolLimits)
    .values(limit)
    .onConflictDoUpdate({ target: [symbolLimits.accountId, symbolLimits.symbol], set: limit });
}

/** What was removed; null where there was none. */
export async function remove(db: Executor, accountId: AccountId, symbol: string): Promise<SymbolLimitRow | null> {
  const [row] = await db
    .delete(symbolLimits)
    .where(and(eq(symbolLimits.accountId, accountId), eq(symbolLimits.symbol, symbol)))
    .returning();
  return row ?? null;
}
