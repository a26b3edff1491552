import type { UserId } from "@trenddojo/brokers/domain";
import { sql } from "drizzle-orm";
import { check, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { counter, instant } from "./columns.ts";
import { users } from "./users.ts";

/** A person's authenticator app (RFC 6238). */
export const totpFactors = pgTable("totp_factors", {
  userId: text("user_id")
    .$type<UserId>()
    .primaryKey()
    .references(() => users.id),
  /** Counts enrolments and rotations of keys; part of what the envelope is sealed for, so that an older one opens nothing. */
  version: counter("version").notNull(),
  /** The secret, sealed by the vault. */
  envelope: text("envelope").notNull(),
  createdAt: instant("created_at").notNull(),
  /** Null until a first code has shown that the app has the secret: it is asked for from then on. */
  confirmedAt: instant("confirmed_at"),
  /** The newest time step whose code was taken: neither it nor an earlier one is taken again. */
  lastStep: counter("last_step"),
});

/** One-time codes for who has lost the app. Only their SHA-256 is kept; each holds 80 random bits. */
export const recoveryCodes = pgTable(
  "recovery_codes",
  {
    userId: text("user_id")
      .$type<UserId>()
      .notNull()
      .references(() => users.id),
    codeHash: text("code_hash").notNull(),
    usedAt: instant("used_at"),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.codeHash] }),
    check("recovery_codes_code_hash_check", sql`${table.codeHash} ~ '^[0-9a-f]{64}$'`),
  ],
);
