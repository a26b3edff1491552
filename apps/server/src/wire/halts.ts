import { z } from "zod";
import { id, instant, mode } from "./common.ts";

export const HALT_SOURCES = ["web", "cli", "desk"] as const;
export const HALT_STEP_STATES = ["requested", "confirmed", "unconfirmed", "failed"] as const;

/** One use of the kill switch, and what is known of each broker since. */
export const tradingHalt = z.object({
  id,
  requestedAt: instant,
  /** The name of who asked; null on the command line. */
  requestedBy: z.string().nullable(),
  source: z.enum(HALT_SOURCES),
  reason: z.string(),
  endedAt: instant.nullable(),
  steps: z.array(
    z.object({
      connectionId: id,
      label: z.string(),
      broker: z.string(),
      mode,
      /** `confirmed`: the broker names no open order. `unconfirmed` and `failed` are asked again until they are. */
      state: z.enum(HALT_STEP_STATES),
      openOrders: z.number().int(),
      remaining: z.number().int().nullable(),
      attempts: z.number().int(),
      error: z.string().nullable(),
      updatedAt: instant,
    }),
  ),
});
export type TradingHaltView = z.infer<typeof tradingHalt>;

/** orders.halt (mutation) → TradingStateView. Halted before anything is asked of a broker; halting twice is one halt. */
export const haltInput = z.strictObject({ reason: z.string().trim().max(200).default("") });
/** orders.resume (mutation) → TradingStateView. @throws STEP_UP_REQUIRED without a proof (auth.stepUp); who has no second factor may send the password instead. */
export const resumeInput = z.strictObject({
  to: z.enum(["ACTIVE", "REDUCING"]),
  password: z.string().min(1).max(256).optional(),
});
/** orders.reduceOnly (mutation) → TradingStateView: from ACTIVE, needs no password. */

/** orders.flatten (mutation) → FlattenView. Only while REDUCING or HALTED is not in the way: it resumes to REDUCING. */
export const flattenInput = z.strictObject({
  /** All accounts where absent. */
  accountId: id.optional(),
  /** One key closes each position once. */
  idempotencyKey: z.uuid().toLowerCase(),
  password: z.string().min(1).max(256).optional(),
});
export const flattened = z.object({
  /** The orders that were placed, and what could not be. */
  orders: z.array(z.object({ accountId: id, symbol: z.string(), orderId: id })),
  refused: z.array(z.object({ accountId: id, symbol: z.string(), code: z.string(), message: z.string() })),
});
export type FlattenView = z.infer<typeof flattened>;
