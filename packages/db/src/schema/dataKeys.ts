import type { UserId } from "@trenddojo/brokers/domain";
import { sql } from "drizzle-orm";
import { check, index, integer, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { instant, isMode, mode } from "./columns.ts";
import { users } from "./users.ts";

/** The keys that seal credentials, one in use for each (user, mode), wrapped by the key-encryption key. */
export const dataKeys = pgTable(
  "data_keys",
  {
    id: text("id").primaryKey(),
    userId: text("user_id")
      .$type<UserId>()
      .notNull()
      .references(() => users.id),
    mode: mode(),
    /** The key, sealed. */
    wrapped: text("wrapped").notNull(),
    /** The version of the key-encryption key that wrapped it. */
    kekVersion: integer("kek_version").notNull(),
    createdAt: instant("created_at").notNull(),
    /** A retired key still opens what it sealed. */
    retiredAt: instant("retired_at"),
  },
  (table) => [
    uniqueIndex("data_keys_current_unique")
      .on(table.userId, table.mode)
      .where(sql`${table.retiredAt} is null`),
    index("data_keys_user_id_index").on(table.userId),
    check("data_keys_mode_check", isMode(table.mode)),
    check("data_keys_kek_version_check", sql`${table.kekVersion} >= 1`),
  ],
);
