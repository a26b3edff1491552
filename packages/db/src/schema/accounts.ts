import type { AccountId, ConnectionId, UserId } from "@trenddojo/brokers/domain";
import { sql } from "drizzle-orm";
import { check, foreignKey, index, pgTable, text, unique, uniqueIndex } from "drizzle-orm/pg-core";
import { brokerConnections } from "./connections.ts";
import { instant, isMode, mode, oneOf, word } from "./columns.ts";

export const CURRENCIES = ["USD"] as const;

/** One account at a broker, reached through one connection. User, broker and mode are the connection's. */
export const accounts = pgTable(
  "accounts",
  {
    id: text("id").$type<AccountId>().primaryKey(),
    userId: text("user_id").$type<UserId>().notNull(),
    connectionId: text("connection_id").$type<ConnectionId>().notNull(),
    broker: text("broker").notNull(),
    mode: mode(),
    /** The broker's account number. */
    venueAccountId: text("venue_account_id").notNull(),
    currency: word("currency", CURRENCIES).notNull(),
    createdAt: instant("created_at").notNull(),
    /** Set with its connection's removal: the same account may then be connected anew. */
    removedAt: instant("removed_at"),
  },
  (table) => [
    foreignKey({
      name: "accounts_connection_fk",
      columns: [table.connectionId, table.userId, table.broker, table.mode],
      foreignColumns: [
        brokerConnections.id,
        brokerConnections.userId,
        brokerConnections.broker,
        brokerConnections.mode,
      ],
    }),
    unique("accounts_connection_venue_account_unique").on(table.connectionId, table.venueAccountId),
    unique("accounts_id_mode_unique").on(table.id, table.mode),
    // What orders refer to, so that an order's user and mode are those of its account.
    unique("accounts_identity_unique").on(table.id, table.userId, table.mode),
    // A paper key can never take the place of a live one, and no account is held by two connections.
    uniqueIndex("accounts_venue_account_unique")
      .on(table.userId, table.broker, table.mode, table.venueAccountId)
      .where(sql`${table.removedAt} is null`),
    index("accounts_connection_index").on(table.connectionId, table.userId, table.broker, table.mode),
    check("accounts_mode_check", isMode(table.mode)),
    check("accounts_currency_check", oneOf(table.currency, CURRENCIES)),
  ],
);
