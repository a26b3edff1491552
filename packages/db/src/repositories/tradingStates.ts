import type { UserId } from "@trenddojo/brokers/domain";
import { eq } from "drizzle-orm";
import type { Executor, Tx } from "../Db.ts";
import { tellTradingStateSet } from "../server/tradingStateChannel.ts";
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

/** With who changed it last, and why. Null for a user who does not exist. */
export async function find(db: Executor, userId: UserId): Promise<TradingStateRow | null> {
  const [row] = await db.select().from(tradingStates).where(eq(tradingStates.userId, userId));
  return row ?? null;
}

/** Locks it until the transaction ends, as `set` does: what is decided by it holds when it is written. */
export async function lock(tx: Tx, userId: UserId): Promise<TradingStateRow | null> {
  const [row] = await tx.select().from(tradingStates).where(eq(tradingStates.userId, userId)).for("update");
  return row ?? null;
}

/**
 * Waits for the claims under way; once its transaction has committed, no order that the new state forbids is claimed.
 * Orders already SENDING are the caller's to cancel. Other processes that have the database open are told of the commit.
 */
export async function set(db: Executor, change: TradingStateRow): Promise<void> {
  await db.insert(tradingStates).values(change).onConflictDoUpdate({ target: tradingStates.userId, set: change });
  await tellTradingStateSet(db);
}
