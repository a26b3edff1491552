import type { UserId } from "@trenddojo/brokers/domain";
import { sql } from "drizzle-orm";
import { check, index, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { instant, oneOf, word } from "./columns.ts";
import { users } from "./users.ts";

/** What an invitation can make of a person; there is one owner. */
export const INVITED_ROLES = ["trader", "viewer", "cancel_only"] as const;

/** One-time links to the desk. Only the SHA-256 of a link's secret is kept. */
export const invitations = pgTable(
  "invitations",
  {
    id: text("id").primaryKey(),
    tokenHash: text("token_hash").notNull(),
    role: word("role", INVITED_ROLES).notNull(),
    createdBy: text("created_by")
      .$type<UserId>()
      .notNull()
      .references(() => users.id),
    createdAt: instant("created_at").notNull(),
    expiresAt: instant("expires_at").notNull(),
    usedAt: instant("used_at"),
    usedBy: text("used_by")
      .$type<UserId>()
      .references(() => users.id),
    revokedAt: instant("revoked_at"),
  },
  (table) => [
    uniqueIndex("invitations_token_hash_unique").on(table.tokenHash),
    index("invitations_created_by_index").on(table.createdBy),
    index("invitations_used_by_index").on(table.usedBy),
    check("invitations_role_check", oneOf(table.role, INVITED_ROLES)),
    check("invitations_token_hash_check", sql`${table.tokenHash} ~ '^[0-9a-f]{64}$'`),
    check("invitations_used_check", sql`(${table.usedAt} is null) = (${table.usedBy} is null)`),
  ],
);
