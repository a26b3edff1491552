import type { AccountId } from "@trenddojo/brokers/domain";
import { eq } from "drizzle-orm";
import type { Executor } from "../Db.ts";
import { riskLimits } from "../schema/risk.ts";

export type RiskLimitsRow = typeof riskLimits.$inferSelect;

/** Null where nobody set any: the defaults of the rules hold. */
export async function find(db: Executor, accountId: AccountId): Promise<RiskLimitsRow | null> {
  const [row] = await db.select().from(riskLimits).where(eq(riskLimits.accountId, accountId));
  return row ?? null;
}

/** Replaces all of an account's limits. @throws a check failure for limits out of bounds. */
export async function set(db: Executor, limits: RiskLimitsRow): Promise<void> {
  await db.insert(riskLimits).values(limits).onConflictDoUpdate({ target: riskLimits.accountId, set: limits });
}
