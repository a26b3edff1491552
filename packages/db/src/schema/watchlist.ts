import type { UserId } from "@trenddojo/brokers/domain";
import { integer, pgTable, primaryKey, text, unique } from "drizzle-orm/pg-core";
import { users } from "./users.ts";

/** The symbols a user watches, in the user's order. */
export const watchlistItems = pgTable(
  "watchlist_items",
  {
    userId: text("user_id")
      .$type<UserId>()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    symbol: text("symbol").notNull(),
    /** From 0, without gaps. */
    position: integer("position").notNull(),
  },
  (table) => [
    primaryKey({ name: "watchlist_items_pk", columns: [table.userId, table.symbol] }),
    unique("watchlist_items_position_unique").on(table.userId, table.position),
  ],
);
