import type { OrderId, UserId } from "@trenddojo/brokers/domain";
import { and, asc, eq, gt, sql } from "drizzle-orm";
import type { Executor, Tx } from "../Db.ts";
import { eventStreams, orderEvents, type OrderEventPayload } from "../schema/orderEvents.ts";

export type OrderEventRow = typeof orderEvents.$inferSelect;

export interface NewOrderEvent {
  readonly userId: UserId;
  readonly orderId: OrderId;
  readonly at: number;
  readonly payload: OrderEventPayload;
}

/**
 * Adds an event and answers its sequence. The user's stream stays locked until the transaction ends, so events become
 * visible in the order of their numbers and a rolled back one leaves no gap: whoever has read number n has all before it.
 */
export async function append(tx: Tx, event: NewOrderEvent): Promise<number> {
  const [stream] = await tx
    .insert(eventStreams)
    .values({ userId: event.userId, lastSequence: 1 })
    .onConflictDoUpdate({
      target: eventStreams.userId,
      set: { lastSequence: sql`${eventStreams.lastSequence} + 1` },
    })
    .returning({ sequence: eventStreams.lastSequence });
  if (stream === undefined) throw new Error("an upsert returned no row");
  await tx.insert(orderEvents).values({ ...event, sequence: stream.sequence });
  return stream.sequence;
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
