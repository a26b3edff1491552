import type { UserId } from "@trenddojo/brokers/domain";
import { sql } from "drizzle-orm";
import { check, index, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { instant, oneOf, word } from "./columns.ts";
import { users } from "./users.ts";

/** What a program may do with a person's token. */
export const TOKEN_SCOPES = ["read", "cancel_only", "paper", "trade"] as const;
export type TokenScope = (typeof TOKEN_SCOPES)[number];

/** A person's tokens for programs. Only the SHA-256 of a token is kept, and its end to tell it from others. */
export const apiTokens = pgTable(
  "api_tokens",
  {
    id: text("id").primaryKey(),
    userId: text("user_id")
      .$type<UserId>()
      .notNull()
      .references(() => users.id),
    tokenHash: text("token_hash").notNull(),
    /** The last four of its 43 random characters; null of those that were made before it was kept. */
    ending: text("ending"),
    name: text("name").notNull(),
    scope: word("scope", TOKEN_SCOPES).notNull(),
    createdAt: instant("created_at").notNull(),
    expiresAt: instant("expires_at").notNull(),
    lastUsedAt: instant("last_used_at"),
    revokedAt: instant("revoked_at"),
  },
  (table) => [
    uniqueIndex("api_tokens_token_hash_unique").on(table.tokenHash),
    index("api_tokens_user_id_index").on(table.userId),
    check("api_tokens_scope_check", oneOf(table.scope, TOKEN_SCOPES)),
    check("api_tokens_ending_check", sql`${table.ending} ~ '^[A-Za-z0-9_-]{4}$'`),
    check("api_tokens_token_hash_check", sql`${table.tokenHash} ~ '^[0-9a-f]{64}$'`),
  ],
);
