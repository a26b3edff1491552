import type { UserId } from "@trenddojo/brokers/domain";
import { eq } from "drizzle-orm";
import type { Executor } from "../Db.ts";
import { tradingStates, type TradingState } from "../schema/risk.ts";

export type TradingStateRow = typeof tradingStates.$inferSelect;

/** ACTIVE until someone says otherwise. */
export async function get(db: Executor, userId: UserId): Promise<TradingState> {
  const [row] = await db
    .select({ state: tradingStates.state })
    .from(tradingStates)
    .where(eq(tradingStates.userId, userId));
  return row?.state ?? "ACTIVE";
}

/**
 * Waits for the claims under way; once its transaction has committed, no order that the new state forbids is claimed.
 * Orders already SENDING are the caller's to cancel.
 */
export async function set(db: Executor, change: TradingStateRow): Promise<void> {
  await db.insert(tradingStates).values(change).onConflictDoUpdate({ target: tradingStates.userId, set: change });
}
