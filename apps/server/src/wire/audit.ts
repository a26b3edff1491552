import { z } from "zod";
import { cursor, direction, id, instant, mode, pageSize } from "./common.ts";

/** audit.list (query) → { entries, nextCursor }, newest first: the user's own, and for the owner the system's too. */
export const listAuditInput = z.strictObject({
  /** Part of the action, subject or message. */
  search: z.string().trim().max(80).optional(),
  /** How the action begins: "order." for all of orders. */
  action: z.string().max(60).optional(),
  /** The name of who acted; null for the desk itself. */
  username: z.string().trim().min(1).max(64).nullable().optional(),
  mode: mode.optional(),
  /** From this instant on, and before that one. */
  from: instant.optional(),
  to: instant.optional(),
  cursor: cursor.optional(),
  direction,
  limit: pageSize,
});
export const auditEntry = z.object({
  id,
  /** The chain it belongs to, and its place there. */
  chain: z.string(),
  sequence: z.number().int(),
  at: instant,
  username: z.string().nullable(),
  /** "order.placed", "session.started", … */
  action: z.string(),
  subject: z.string().nullable(),
  mode: mode.nullable(),
  message: z.string(),
  details: z.record(z.string(), z.unknown()),
  previousHash: z.string(),
  hash: z.string(),
});
export type AuditEntryView = z.infer<typeof auditEntry>;
export const auditPage = z.object({ entries: z.array(auditEntry), nextCursor: cursor.nullable() });

/** audit.verify (query): re-hashes the chains that the user may read. */
export const auditVerification = z.object({
  rows: z.number().int(),
  /** That were signed of the log. */
  checkpoints: z.number().int(),
  ok: z.boolean(),
  firstBad: z.object({ chain: z.string(), sequence: z.number().int() }).nullable(),
  /** What is wrong with the checkpoints themselves, a sentence; null where nothing is. */
  fault: z.string().nullable(),
});
