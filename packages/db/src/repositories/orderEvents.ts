import type { OrderId, UserId } from "@trenddojo/brokers/domain";
import { and, asc, eq, gt, sql } from "drizzle-orm";
import type { Executor, Tx } from "../Db.ts";
import { listParam } from "../rows.ts";
import { eventStreams, orderEvents, type OrderEventPayload } from "../schema/orderEvents.ts";

export type OrderEventRow = typeof orderEvents.$inferSelect;

export interface NewOrderEvent {
  readonly userId: UserId;
  readonly orderId: OrderId;
  readonly at: number;
  readonly payload: OrderEventPayload;
}

/**
 * Adds events, of each user in this order. The users' streams stay locked until the transaction ends, so events become
 * visible in the order of their numbers and a rolled back one leaves no gap: whoever has read number n has all before it.
 */
export async function appendAll(tx: Tx, events: readonly NewOrderEvent[]): Promise<void> {
  if (events.length === 0) return;
  const counts = new Map<UserId, number>();
  // Backwards: how many of its user's come after it.
  const rows = events.toReversed().map(({ userId, orderId, at, payload }) => {
    const after = counts.get(userId) ?? 0;
    counts.set(userId, after + 1);
    return { user_id: userId, order_id: orderId, at: new Date(at).toISOString(), payload, after };
  });
  const streams = [...counts].map(([userId, count]) => ({ user_id: userId, count }));
  // One statement: the streams are moved on, which locks them, and what they come to numbers the events.
  await tx.execute(sql`
    with streams as (
      insert into event_streams (user_id, last_sequence)
      select user_id, count from jsonb_to_recordset(${listParam(streams)}) as given (user_id text, count bigint)
      order by user_id
      on conflict (user_id) do update set last_sequence = event_streams.last_sequence + excluded.last_sequence
      returning user_id, last_sequence
    )
    insert into order_events (user_id, sequence, order_id, at, payload)
    select user_id, last_sequence - after, order_id, at, payload
    from jsonb_to_recordset(${listParam(rows)})
      as given (user_id text, order_id text, at timestamptz, payload jsonb, after bigint)
    join streams using (user_id)`);
}

/** At most `limit` events after `sequence`, in order. */
export function since(db: Executor, userId: UserId, sequence: number, limit: number): Promise<OrderEventRow[]> {
  return db
    .select()
    .from(orderEvents)
    .where(and(eq(orderEvents.userId, userId), gt(orderEvents.sequence, sequence)))
    .orderBy(asc(orderEvents.sequence))
    .limit(limit);
}

/** 0 before the first event. */
export async function lastSequence(db: Executor, userId: UserId): Promise<number> {
  const [row] = await db
    .select({ sequence: eventStreams.lastSequence })
    .from(eventStreams)
    .where(eq(eventStreams.userId, userId));
  return row?.sequence ?? 0;
}

/** The whole life of one order, in order. */
export function listByOrder(db: Executor, orderId: OrderId): Promise<OrderEventRow[]> {
  return db.select().from(orderEvents).where(eq(orderEvents.orderId, orderId)).orderBy(asc(orderEvents.sequence));
}
