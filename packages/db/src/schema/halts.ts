import type { ConnectionId, UserId } from "@trenddojo/brokers/domain";
import { sql } from "drizzle-orm";
import { check, index, integer, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import { brokerConnections } from "./connections.ts";
import { instant, oneOf, word } from "./columns.ts";
import { users } from "./users.ts";

/** Where a halt was asked for: on a page, on the command line, or by the desk itself. */
export const HALT_SOURCES = ["web", "cli", "desk"] as const;
/**
 * What is known of one broker: `requested` it was asked to cancel everything, `confirmed` it has named no open order
 * since, `unconfirmed` it has not answered (it may still work orders) and is asked again, `failed` it refused or cannot
 * be reached and is asked again.
 */
export const HALT_STEP_STATES = ["requested", "confirmed", "unconfirmed", "failed"] as const;
export type HaltStepState = (typeof HALT_STEP_STATES)[number];

/** One use of the kill switch. That trading is halted is in `trading_states`; this is what was done about open orders. */
export const halts = pgTable(
  "halts",
  {
    id: text("id").primaryKey(),
    userId: text("user_id")
      .$type<UserId>()
      .notNull()
      .references(() => users.id),
    requestedAt: instant("requested_at").notNull(),
    /** Null on the command line, where nobody is signed in. */
    requestedBy: text("requested_by")
      .$type<UserId>()
      .references(() => users.id),
    source: word("source", HALT_SOURCES).notNull(),
    reason: text("reason").notNull(),
    endedAt: instant("ended_at"),
    endedBy: text("ended_by")
      .$type<UserId>()
      .references(() => users.id),
  },
  (table) => [
    // One at a time: whoever halts again joins it.
    uniqueIndex("halts_current_unique")
      .on(table.userId)
      .where(sql`${table.endedAt} is null`),
    index("halts_user_index").on(table.userId, table.requestedAt),
    index("halts_requested_by_index").on(table.requestedBy),
    index("halts_ended_by_index").on(table.endedBy),
    check("halts_source_check", oneOf(table.source, HALT_SOURCES)),
  ],
);

/** What became of a halt at one connection. */
export const haltSteps = pgTable(
  "halt_steps",
  {
    haltId: text("halt_id")
      .notNull()
      .references(() => halts.id),
    connectionId: text("connection_id")
      .$type<ConnectionId>()
      .notNull()
      .references(() => brokerConnections.id),
    state: word("state", HALT_STEP_STATES).notNull(),
    /** Orders that were open here when it was asked. */
    openOrders: integer("open_orders").notNull(),
    /** Orders that the broker named as open when it was looked at last; null where it was not heard yet. */
    remaining: integer("remaining"),
    /** How often it was asked. */
    attempts: integer("attempts").notNull(),
    /** A closed code and a sentence; never a vendor's text. */
    error: text("error"),
    updatedAt: instant("updated_at").notNull(),
    confirmedAt: instant("confirmed_at"),
  },
  (table) => [
    primaryKey({ name: "halt_steps_pk", columns: [table.haltId, table.connectionId] }),
    index("halt_steps_connection_index").on(table.connectionId),
    check("halt_steps_state_check", oneOf(table.state, HALT_STEP_STATES)),
    check(
      "halt_steps_counts_check",
      sql`${table.openOrders} >= 0 and ${table.remaining} >= 0 and ${table.attempts} >= 0`,
    ),
  ],
);
