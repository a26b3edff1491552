import type { OrderId, UserId } from "@trenddojo/brokers/domain";
import { sql } from "drizzle-orm";
import { check, index, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { z } from "zod";
import { counter, document, instant } from "./columns.ts";
import { orders } from "./orders.ts";
import { users } from "./users.ts";

const payload = z.record(z.string(), z.unknown());
/** What the event says, JSON-native; its shape is the writer's. */
export type OrderEventPayload = z.infer<typeof payload>;

/** The last sequence given out to each user's events. Its row lock makes the commit order the sequence order. */
export const eventStreams = pgTable("event_streams", {
  userId: text("user_id")
    .$type<UserId>()
    .primaryKey()
    .references(() => users.id),
  lastSequence: counter("last_sequence").notNull(),
});

/** Every step of every order. Gapless per user, so a browser resumes by number. Rows never change (a trigger refuses). */
export const orderEvents = pgTable(
  "order_events",
  {
    userId: text("user_id")
      .$type<UserId>()
      .notNull()
      .references(() => users.id),
    /** From 1, without gaps. */
    sequence: counter("sequence").notNull(),
    orderId: text("order_id")
      .$type<OrderId>()
      .notNull()
      .references(() => orders.id),
    at: instant("at").notNull(),
    payload: document("payload", payload).notNull(),
  },
  (table) => [
    primaryKey({ name: "order_events_pk", columns: [table.userId, table.sequence] }),
    index("order_events_order_index").on(table.orderId, table.sequence),
    check("order_events_sequence_check", sql`${table.sequence} >= 1`),
  ],
);
