import type { Clock, UserId } from "@trenddojo/brokers/domain";
import { orderEvents, type Db, type OrderEventRow } from "@trenddojo/db";
import { Latch } from "../lib/Latch.ts";
import { z } from "zod";
import { fill, order, orderEvent, trail, why, type OrderEventView } from "../wire/orders.ts";
import { untilRead } from "./untilRead.ts";
import { subjects, type TickBus } from "./TickBus.ts";

const PAGE = 100;

/** Events are kept as they were written: the first ones before revisions were counted, and before there were special orders. */
const storedOrder = order.extend({
  revision: z.number().int().default(0),
  trail: trail.nullable().default(null),
  notional: order.shape.notional.default(null),
  expiresAt: order.shape.expiresAt.default(null),
  group: order.shape.group.default(null),
  isHeld: z.boolean().default(false),
});
const storedFill = fill.extend({ why: why.nullable().default(null) });
const stored = orderEvent.extend({ order: storedOrder, fill: storedFill.nullable() });

export interface EventLogParts {
  readonly db: Db;
  readonly bus: TickBus;
  readonly clock: Clock;
  /** Bytes that the reader was sent and has not taken. */
  readonly backlogBytes: () => number;
}

/**
 * A user's order events after `after`, each exactly once, in order and without gaps, for as long as `signal` lasts.
 * The rows in the database are the queue: what arrives while the reader is slow waits there, so nothing is dropped and
 * no more than 64 KiB and one event piles up in memory.
 */
export async function* followOrderEvents(
  { db, bus, clock, backlogBytes }: EventLogParts,
  userId: UserId,
  after: number,
  signal: AbortSignal,
): AsyncGenerator<OrderEventView> {
  // Subscribed before the backlog is read: what is committed in between sets the mark.
  const arrived = new Latch(true);
  const unsubscribe = bus.subscribe(subjects.orderEvents(userId), () => arrived.set());
  try {
    for (let last = after; await arrived.wait(signal);) {
      let page: readonly OrderEventRow[];
      do {
        if (!(await untilRead(clock, backlogBytes, signal))) return;
        page = await orderEvents.since(db, userId, last, PAGE);
        for (const row of page) {
          if (!(await untilRead(clock, backlogBytes, signal))) return;
          yield orderEventView(row);
          last = row.sequence;
        }
      } while (page.length === PAGE);
    }
  } finally {
    unsubscribe();
  }
}

/** A stored event as the wire shows it: what was written, checked again, and its number. */
export function orderEventView({ sequence, payload }: OrderEventRow): OrderEventView {
  return stored.parse({ ...payload, sequence });
}
