import type { UserId } from "@trenddojo/brokers/domain";
import { sql } from "drizzle-orm";
import { check, index, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { z } from "zod";
import { MODES } from "@trenddojo/brokers/domain";
import { counter, document, instant, isMode, word } from "./columns.ts";

const details = z.record(z.string(), z.unknown());
export type AuditDetails = z.infer<typeof details>;

/** The head of each chain. Its row lock puts the writers of one chain in a line; other chains do not wait. */
export const auditChains = pgTable(
  "audit_chains",
  {
    /** "system", or one a user or account; the writer's choice. */
    chain: text("chain").primaryKey(),
    lastSequence: counter("last_sequence").notNull(),
    lastHash: text("last_hash").notNull(),
  },
  (table) => [check("audit_chains_last_hash_check", sql`${table.lastHash} ~ '^[0-9a-f]{64}$'`)],
);

/**
 * Who did what, in hash chains. Rows are never changed or deleted: a trigger refuses, and where someone gets past it
 * the chain shows it. No foreign keys: the log outlives what it tells of.
 */
export const auditLog = pgTable(
  "audit_log",
  {
    chain: text("chain").notNull(),
    /** From 1, without gaps. */
    sequence: counter("sequence").notNull(),
    at: instant("at").notNull(),
    userId: text("user_id").$type<UserId>(),
    /** "order.placed", "session.started", … */
    action: text("action").notNull(),
    /** The id of what it was done to. */
    subject: text("subject"),
    mode: word("mode", MODES),
    message: text("message").notNull(),
    details: document("details", details).notNull(),
    /** The hash of the row before, 64 zeros for the first. */
    previousHash: text("previous_hash").notNull(),
    hash: text("hash").notNull(),
  },
  (table) => [
    primaryKey({ name: "audit_log_pk", columns: [table.chain, table.sequence] }),
    index("audit_log_at_index").on(table.at, table.chain, table.sequence),
    index("audit_log_user_index").on(table.userId, table.at),
    check("audit_log_sequence_check", sql`${table.sequence} >= 1`),
    check("audit_log_mode_check", isMode(table.mode)),
    check("audit_log_hash_check", sql`${table.hash} ~ '^[0-9a-f]{64}$' and ${table.previousHash} ~ '^[0-9a-f]{64}$'`),
  ],
);
