import type { AccountId } from "@trenddojo/brokers/domain";
import type { RiskLimits } from "@trenddojo/brokers/rules";
import { limitRaises, riskLimits, type Executor } from "@trenddojo/db";
import { baseLimits, effectiveLimits } from "./effectiveLimits.ts";

/** What an account's orders are held to at `now`, raises included. */
export async function readLimits(db: Executor, accountId: AccountId, now: number): Promise<RiskLimits> {
  const base = baseLimits(await riskLimits.find(db, accountId));
  return effectiveLimits(base, await limitRaises.listLasting(db, accountId, now));
}
