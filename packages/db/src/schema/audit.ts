import type { UserId } from "@trenddojo/brokers/domain";
import { sql } from "drizzle-orm";
import { check, index, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { z } from "zod";
import { MODES } from "@trenddojo/brokers/domain";
import { counter, document, instant, isMode, word } from "./columns.ts";

/** Taken as it is: a copy by zod's record would leave out a member called "__proto__", and the row's hash would not fit. */
const details = z.custom<Record<string, unknown>>(
  (value) => typeof value === "object" && value !== null && !Array.isArray(value),
);
export type AuditDetails = z.infer<typeof details>;

const heads = z.array(z.strictObject({ chain: z.string(), sequence: z.number().int(), hash: z.string() }));

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

/**
 * Signed statements of where the chains ended, each chained to the one before; never changed or deleted. A copy of each is
 * kept outside the database: what is missing or different in one of the two shows.
 */
export const auditCheckpoints = pgTable(
  "audit_checkpoints",
  {
    /** From 1, without gaps. */
    number: counter("number").primaryKey(),
    at: instant("at").notNull(),
    /** Of the chains that grew since the checkpoint before. */
    heads: document("heads", heads).notNull(),
    /** The hash of the checkpoint before, 64 zeros for the first. */
    previousHash: text("previous_hash").notNull(),
    /** The SHA-256 of the public key that the signature fits. */
    keyId: text("key_id").notNull(),
    /** Ed25519, base64. */
    signature: text("signature").notNull(),
  },
  (table) => [
    check("audit_checkpoints_number_check", sql`${table.number} >= 1`),
    check("audit_checkpoints_previous_hash_check", sql`${table.previousHash} ~ '^[0-9a-f]{64}$'`),
  ],
);
