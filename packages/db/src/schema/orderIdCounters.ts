import { sql } from "drizzle-orm";
import { check, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { counter, isMode, mode } from "./columns.ts";

/**
 * Order ids that were given out at brokers where the client numbers its orders. A row belongs to a login there, not to a
 * connection: one that is removed and made again goes on after the last. It never goes back (a trigger refuses).
 */
export const orderIdCounters = pgTable(
  "order_id_counters",
  {
    broker: text("broker").notNull(),
    mode: mode(),
    /** The broker's number of the account that is logged in. */
    venueAccountId: text("venue_account_id").notNull(),
    /** The broker counts for each of its API clients by itself. */
    clientId: integer("client_id").notNull(),
    /** Smaller ones were given out, or skipped. */
    nextId: counter("next_id").notNull(),
  },
  (table) => [
    primaryKey({
      name: "order_id_counters_pk",
      columns: [table.broker, table.mode, table.venueAccountId, table.clientId],
    }),
    check("order_id_counters_mode_check", isMode(table.mode)),
    // What the wire can carry, a signed integer of 32 bits.
    check("order_id_counters_next_id_check", sql`${table.nextId} between 1 and 2147483648`),
  ],
);
