import type { UserId } from "@trenddojo/brokers/domain";
import { sql } from "drizzle-orm";
import { check, index, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { instant, oneOf, word } from "./columns.ts";

export const ROLES = ["owner", "trader", "viewer", "cancel_only"] as const;
export type Role = (typeof ROLES)[number];

/** The people of the desk. */
export const users = pgTable(
  "users",
  {
    id: text("id").$type<UserId>().primaryKey(),
    /** As the person wrote it. */
    username: text("username").notNull(),
    /** Lower case: "Ada" and "ada" are one name. */
    usernameKey: text("username_key").notNull(),
    /** A PHC string (argon2id). */
    passwordHash: text("password_hash").notNull(),
    role: word("role", ROLES).notNull(),
    createdAt: instant("created_at").notNull(),
    passwordChangedAt: instant("password_changed_at").notNull(),
    /** The person may not sign in any more; what they did stays theirs, and the name stays taken. */
    removedAt: instant("removed_at"),
  },
  (table) => [
    uniqueIndex("users_username_key_unique").on(table.usernameKey),
    // Two set-up forms sent at once: the second one is refused here.
    uniqueIndex("users_single_owner")
      .on(table.role)
      .where(sql`${table.role} = 'owner'`),
    check("users_role_check", oneOf(table.role, ROLES)),
  ],
);

/** Signed-in browsers. Only the SHA-256 of a token is kept, so a copy of this table opens nothing. */
export const sessions = pgTable(
  "sessions",
  {
    /** "sha256:" and 64 hexadecimal digits. */
    id: text("id").primaryKey(),
    userId: text("user_id")
      .$type<UserId>()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    createdAt: instant("created_at").notNull(),
    lastSeenAt: instant("last_seen_at").notNull(),
    /** The absolute end; being idle may end it sooner. */
    expiresAt: instant("expires_at").notNull(),
    address: text("address").notNull(),
    userAgent: text("user_agent").notNull(),
    /** When its person last showed more than the open browser: a password or a second factor. */
    provenAt: instant("proven_at"),
  },
  (table) => [
    index("sessions_user_id_index").on(table.userId),
    index("sessions_expires_at_index").on(table.expiresAt),
    check("sessions_id_check", sql`${table.id} ~ '^sha256:[0-9a-f]{64}$'`),
  ],
);
