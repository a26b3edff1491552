import type { ConnectionId, UserId } from "@trenddojo/brokers/domain";
import { sql } from "drizzle-orm";
import { check, index, integer, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { brokerConnections } from "./connections.ts";
import { instant, oneOf, word } from "./columns.ts";
import { users } from "./users.ts";

export const ALERT_KINDS = [
  "connection_down",
  "feed_mute",
  "order_unknown",
  "order_not_placed",
  "late_fill",
  "drift",
  "halt_unconfirmed",
  "budget_spent",
  "keys_old",
] as const;
export type AlertKind = (typeof ALERT_KINDS)[number];
export const ALERT_SEVERITIES = ["info", "warning", "critical"] as const;
export type AlertSeverity = (typeof ALERT_SEVERITIES)[number];

/** Something that a person should know of, from its failure to its recovery. */
export const alerts = pgTable(
  "alerts",
  {
    id: text("id").primaryKey(),
    userId: text("user_id")
      .$type<UserId>()
      .notNull()
      .references(() => users.id),
    kind: word("kind", ALERT_KINDS).notNull(),
    severity: word("severity", ALERT_SEVERITIES).notNull(),
    connectionId: text("connection_id")
      .$type<ConnectionId>()
      .references(() => brokerConnections.id),
    /** The id of what it is about: a connection, an order, a drift, a halt. */
    subject: text("subject").notNull(),
    message: text("message").notNull(),
    raisedAt: instant("raised_at").notNull(),
    /** Null while it lasts. */
    recoveredAt: instant("recovered_at"),
    acknowledgedAt: instant("acknowledged_at"),
  },
  (table) => [
    // What lasts is told once.
    uniqueIndex("alerts_open_unique")
      .on(table.userId, table.kind, table.subject)
      .where(sql`${table.recoveredAt} is null`),
    index("alerts_user_index").on(table.userId, table.raisedAt, table.id),
    index("alerts_connection_index").on(table.connectionId),
    check("alerts_kind_check", oneOf(table.kind, ALERT_KINDS)),
    check("alerts_severity_check", oneOf(table.severity, ALERT_SEVERITIES)),
  ],
);

/** Where a user's alerts are sent besides the screen. The address may carry a key, so it is sealed. */
export const alertWebhooks = pgTable(
  "alert_webhooks",
  {
    userId: text("user_id")
      .$type<UserId>()
      .primaryKey()
      .references(() => users.id),
    /** Shown: the address's host. */
    host: text("host").notNull(),
    /** The address and the key that signs, sealed by the vault. */
    envelope: text("envelope").notNull(),
    rowVersion: integer("row_version").notNull(),
    updatedAt: instant("updated_at").notNull(),
    lastDeliveredAt: instant("last_delivered_at"),
    /** Why the newest delivery failed, as a closed code and a sentence; null where it did not. */
    lastError: text("last_error"),
  },
  (table) => [check("alert_webhooks_row_version_check", sql`${table.rowVersion} >= 1`)],
);
