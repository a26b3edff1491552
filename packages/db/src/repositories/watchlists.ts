import type { UserId } from "@trenddojo/brokers/domain";
import { asc, eq } from "drizzle-orm";
import type { Executor, Tx } from "../Db.ts";
import { users } from "../schema/users.ts";
import { watchlistItems } from "../schema/watchlist.ts";

/** The symbols in the user's order. */
export async function get(db: Executor, userId: UserId): Promise<string[]> {
  const rows = await db
    .select({ symbol: watchlistItems.symbol })
    .from(watchlistItems)
    .where(eq(watchlistItems.userId, userId))
    .orderBy(asc(watchlistItems.position));
  return rows.map((row) => row.symbol);
}

/** Replaces the whole list; a symbol named twice keeps its first place. Answers the list as stored. */
export async function replace(tx: Tx, userId: UserId, symbols: readonly string[]): Promise<string[]> {
  const unique = [...new Set(symbols)];
  // Two replacements at once would both find the old list deleted and then collide.
  await tx.select({ id: users.id }).from(users).where(eq(users.id, userId)).for("update");
  await tx.delete(watchlistItems).where(eq(watchlistItems.userId, userId));
  if (unique.length > 0) {
    await tx.insert(watchlistItems).values(unique.map((symbol, position) => ({ userId, symbol, position })));
  }
  return unique;
}
