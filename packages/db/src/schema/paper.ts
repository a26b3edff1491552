import type { AccountId } from "@trenddojo/brokers/domain";
import { sql } from "drizzle-orm";
import { check, foreignKey, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { accounts } from "./accounts.ts";
import { counter, instant, mode, money } from "./columns.ts";

/** An account of the built-in paper exchange: how it began, and its newest snapshot. */
export const paperAccounts = pgTable(
  "paper_accounts",
  {
    accountId: text("account_id").$type<AccountId>().primaryKey(),
    mode: mode(),
    /** Same seed and same input: the same journal, byte for byte. */
    seed: counter("seed").notNull(),
    startingCash: money("starting_cash").notNull(),
    /** The sequence of the last stored event; 0 before the first. */
    lastSequence: counter("last_sequence").notNull().default(0),
    /** The exchange's own schema reads it back. */
    snapshot: jsonb("snapshot"),
    /** The sequence of the last event in the snapshot. */
    snapshotSequence: counter("snapshot_sequence"),
    createdAt: instant("created_at").notNull(),
  },
  (table) => [
    foreignKey({
      name: "paper_accounts_account_fk",
      columns: [table.accountId, table.mode],
      foreignColumns: [accounts.id, accounts.mode],
    }),
    // Play money only.
    check("paper_accounts_mode_check", sql`${table.mode} in ('mock', 'paper')`),
    check("paper_accounts_snapshot_check", sql`(${table.snapshot} is null) = (${table.snapshotSequence} is null)`),
    check("paper_accounts_snapshot_sequence_check", sql`${table.snapshotSequence} <= ${table.lastSequence}`),
  ],
);

/** The journal of a paper account. Rows are never changed (a trigger refuses). */
export const paperEvents = pgTable(
  "paper_events",
  {
    accountId: text("account_id")
      .$type<AccountId>()
      .notNull()
      .references(() => paperAccounts.accountId),
    /** From 1, without gaps. */
    sequence: counter("sequence").notNull(),
    /** Market time. */
    at: instant("at").notNull(),
    /** The exchange's own schema reads it back. */
    event: jsonb("event").notNull(),
  },
  (table) => [
    primaryKey({ name: "paper_events_pk", columns: [table.accountId, table.sequence] }),
    check("paper_events_sequence_check", sql`${table.sequence} >= 1`),
  ],
);
