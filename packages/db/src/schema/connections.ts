import type { ConnectionId, UserId } from "@trenddojo/brokers/domain";
import { sql } from "drizzle-orm";
import { boolean, check, foreignKey, index, integer, pgTable, text, unique, uniqueIndex } from "drizzle-orm/pg-core";
import { z } from "zod";
import { document, instant, isMode, mode, oneOf, word } from "./columns.ts";
import { users } from "./users.ts";

export const DESIRED_STATES = ["connected", "disconnected"] as const;
export type DesiredState = (typeof DESIRED_STATES)[number];

const settings = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));
export type ConnectionSettings = z.infer<typeof settings>;
const hints = z.record(z.string(), z.string());
export type CredentialHints = z.infer<typeof hints>;

/** One user's connection to one broker in one mode. The mode never changes (a trigger holds it). */
export const brokerConnections = pgTable(
  "broker_connections",
  {
    id: text("id").$type<ConnectionId>().primaryKey(),
    userId: text("user_id")
      .$type<UserId>()
      .notNull()
      .references(() => users.id),
    /** The registry's key: "paper", "alpaca", "interactive_brokers". */
    broker: text("broker").notNull(),
    mode: mode(),
    label: text("label").notNull(),
    /** What the person wants, whatever the wire does at the moment. */
    desired: word("desired", DESIRED_STATES).notNull(),
    /** Not secret: gateway address, options. */
    settings: document("settings", settings).notNull(),
    /** The user's own paper connection; it cannot be removed. */
    builtIn: boolean("built_in").notNull(),
    createdAt: instant("created_at").notNull(),
    /** A removed connection stays for its orders' sake. */
    removedAt: instant("removed_at"),
  },
  (table) => [
    unique("broker_connections_id_mode_unique").on(table.id, table.mode),
    // What accounts refer to, so that an account's user, broker and mode are those of its connection.
    unique("broker_connections_identity_unique").on(table.id, table.userId, table.broker, table.mode),
    uniqueIndex("broker_connections_built_in_unique")
      .on(table.userId)
      .where(sql`${table.builtIn}`),
    index("broker_connections_user_id_index").on(table.userId),
    check("broker_connections_mode_check", isMode(table.mode)),
    check("broker_connections_desired_check", oneOf(table.desired, DESIRED_STATES)),
    check("broker_connections_built_in_check", sql`not (${table.builtIn} and ${table.removedAt} is not null)`),
  ],
);

/** The sealed credentials of a connection. */
export const brokerCredentials = pgTable(
  "broker_credentials",
  {
    connectionId: text("connection_id").$type<ConnectionId>().primaryKey(),
    mode: mode(),
    /** "v1.…": sealed by the vault, its authenticated data holds user, broker, mode, connection and row version. */
    envelope: text("envelope").notNull(),
    /** The last four characters of each secret, by field name. */
    hints: document("hints", hints).notNull(),
    /** Grows by one with each change; part of the envelope's authenticated data. */
    rowVersion: integer("row_version").notNull(),
    createdAt: instant("created_at").notNull(),
    updatedAt: instant("updated_at").notNull(),
  },
  (table) => [
    foreignKey({
      name: "broker_credentials_connection_fk",
      columns: [table.connectionId, table.mode],
      foreignColumns: [brokerConnections.id, brokerConnections.mode],
    }),
    check("broker_credentials_mode_check", isMode(table.mode)),
    check("broker_credentials_row_version_check", sql`${table.rowVersion} >= 1`),
  ],
);
