import type { UserId } from "@trenddojo/brokers/domain";
import { connections, halts, tradingStates, users, type Db, type HaltRow } from "@trenddojo/db";
import { isoInstant, isoInstantOrNull } from "../wire/encode.ts";
import type { TradingHaltView } from "../wire/halts.ts";
import type { TradingStateView } from "../wire/risk.ts";

/** Whether a user's orders may go, and of a halt what is known of each broker. */
export async function tradingStateView(db: Db, userId: UserId): Promise<TradingStateView> {
  const row = await tradingStates.find(db, userId);
  if (row === null) throw new Error(`user ${userId} has no trading state`);
  const halt = await halts.findCurrent(db, userId);
  return {
    state: row.state,
    reason: row.reason,
    changedAt: isoInstant(row.changedAt),
    changedBy: await nameOf(db, row.changedBy),
    halt: halt === null ? null : await haltView(db, halt),
  };
}

async function haltView(db: Db, halt: HaltRow): Promise<TradingHaltView> {
  const own = new Map((await connections.listByUser(db, halt.userId)).map((row) => [row.id, row]));
  const steps = await halts.listSteps(db, halt.id);
  return {
    id: halt.id,
    requestedAt: isoInstant(halt.requestedAt),
    requestedBy: await nameOf(db, halt.requestedBy),
    source: halt.source,
    reason: halt.reason,
    endedAt: isoInstantOrNull(halt.endedAt),
    steps: steps.flatMap(({ connectionId, state, openOrders, remaining, attempts, error, updatedAt }) => {
      const connection = own.get(connectionId);
      // One that was removed since has no order left that anybody could reach.
      if (connection === undefined) return [];
      const { label, broker, mode } = connection;
      const known = { state, openOrders, remaining, attempts, error, updatedAt: isoInstant(updatedAt) };
      return [{ connectionId, label, broker, mode, ...known }];
    }),
  };
}

async function nameOf(db: Db, userId: UserId | null): Promise<string | null> {
  return userId === null ? null : ((await users.find(db, userId))?.username ?? null);
}
