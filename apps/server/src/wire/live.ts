import { z } from "zod";
import { id, instant } from "./common.ts";
import { DeskErrorCode } from "./errors.ts";
import { riskLimits } from "./risk.ts";

/** Why there is no real money here, and what to do about it. */
export const liveObstacle = z.object({ code: z.enum(DeskErrorCode), message: z.string(), fix: z.string() });
export type LiveObstacleView = z.infer<typeof liveObstacle>;
/** One account of real money. */
export const liveAccount = z.object({
  accountId: id,
  label: z.string(),
  venueAccountId: z.string(),
  /** Null where it takes no order now. */
  armed: z
    .object({
      /** By this session: orders are taken from it only. */
      isHere: z.boolean(),
      endsAt: instant,
      /** When it ends without another order. */
      idleAt: instant,
    })
    .nullable(),
});
/** live.state (query), live.states (subscription), and the answer of the mutations below. */
export const liveState = z.object({
  /** Empty where nobody connected one. */
  accounts: z.array(liveAccount),
  /** Why none can be armed; null where one can. */
  obstacle: liveObstacle.nullable(),
});
export type LiveStateView = z.infer<typeof liveState>;
/** live.arm (mutation, after a step-up with a second factor). */
export const armLiveInput = z.strictObject({
  accountId: id,
  /** The last four characters of the account's number, typed by the person. */
  suffix: z.string().trim().min(1).max(8),
  /** The limits as they were shown: where they are others by now, nothing is armed. */
  reviewedLimits: riskLimits,
});
/** live.disarm (mutation): never refused for an account of one's own. */
export const disarmLiveInput = z.strictObject({ accountId: id });
