import { z } from "zod";
import { cursor, direction, id, instant, mode, pageSize } from "./common.ts";

export const DRIFT_KINDS = [
  "order_state",
  "order_terms",
  "fill",
  "fill_total",
  "external_order",
  "missing_order",
  "unknown_order",
  "position",
  "cash",
] as const;
export const DRIFT_ACTIONS = ["taken_over", "booked", "adopted", "not_placed", "asked"] as const;

/** One difference between the desk and a broker, as a reconciliation found it. */
export const drift = z.object({
  id,
  accountId: id,
  mode,
  kind: z.enum(DRIFT_KINDS),
  /** The order's id here, or the symbol. */
  subject: z.string(),
  symbol: z.string().nullable(),
  here: z.string(),
  there: z.string(),
  cause: z.string(),
  /** What the broker said, and when it was asked. */
  evidence: z.record(z.string(), z.unknown()),
  /** What the desk did; `asked` waits for a person. */
  action: z.enum(DRIFT_ACTIONS),
  foundAt: instant,
  seenAt: instant,
  timesSeen: z.number().int(),
  resolvedAt: instant.nullable(),
  note: z.string().nullable(),
});
export type DriftView = z.infer<typeof drift>;

/** drifts.list (query) → { drifts, nextCursor }, newest first. */
export const listDriftsInput = z.strictObject({
  accountId: id.optional(),
  filter: z.enum(["open", "resolved", "all"]).default("all"),
  cursor: cursor.optional(),
  direction,
  limit: pageSize,
});
export const driftPage = z.object({ drifts: z.array(drift), nextCursor: cursor.nullable() });
/** drifts.resolve (mutation) → DriftView: a person has looked at it, and says why it is settled. */
export const resolveDriftInput = z.strictObject({ driftId: id, note: z.string().trim().min(1).max(500) });
/** brokers.reconcile (mutation) → ConnectionView: compares everything now. */
