import { sql } from "drizzle-orm";
import { check, integer, pgTable, text } from "drizzle-orm/pg-core";

/** What tells the desk's key-encryption keys from others of the same versions. Nothing opens with it. */
export const keyChecks = pgTable(
  "key_checks",
  {
    kekVersion: integer("kek_version").primaryKey(),
    /** Of the key, as the vault makes it. */
    digest: text("digest").notNull(),
  },
  (table) => [
    check("key_checks_kek_version_check", sql`${table.kekVersion} >= 1`),
    check("key_checks_digest_check", sql`${table.digest} ~ '^[0-9a-f]{64}$'`),
  ],
);
