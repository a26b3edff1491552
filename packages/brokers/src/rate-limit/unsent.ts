import { BrokerError } from "../BrokerError.ts";
import { BrokerErrorCode } from "../domain/errorCode.ts";

/**
 * Why a request never left this machine: the detail `unsent` of every error that says so, and of no other.
 *
 * - `queue_full` too many of its kind wait · `waited` there was no room for it in its time · `late` its time was over
 *   before it came to wait · `abandoned` its caller stopped waiting · `withdrawn` a cancel took it back
 * - `held_back` whoever asked for it said no in the instant before it went
 * - `breaker_open` what it asks failed repeatedly and is left alone for a while · `closed` the connection was closed
 */
export const UNSENT_REASONS = [
  "queue_full",
  "waited",
  "late",
  "abandoned",
  "withdrawn",
  "held_back",
  "breaker_open",
  "closed",
] as const;
export type UnsentReason = (typeof UNSENT_REASONS)[number];

const CODES = {
  queue_full: BrokerErrorCode.RATE_LIMIT_EXCEEDED,
  waited: BrokerErrorCode.RATE_LIMIT_EXCEEDED,
  late: BrokerErrorCode.TIMEOUT,
  abandoned: BrokerErrorCode.TIMEOUT,
  withdrawn: BrokerErrorCode.ORDER_CLOSED,
  held_back: BrokerErrorCode.ORDER_CLOSED,
  breaker_open: BrokerErrorCode.CONNECTION_FAILED,
  closed: BrokerErrorCode.CONNECTION_FAILED,
} as const satisfies Record<UnsentReason, BrokerErrorCode>;

/** The refusal of a request of which nothing was sent. */
export function unsent(
  broker: string,
  reason: UnsentReason,
  message: string,
  details: Readonly<Record<string, string | number>> = {},
): BrokerError {
  return new BrokerError(`${broker}: ${message}; nothing was sent`, CODES[reason], broker, {
    details: { ...details, unsent: reason },
    outcome: "refused",
  });
}

/** The order was taken back before it was sent; its broker never heard of it. */
export function withdrawn(broker: string): BrokerError {
  return unsent(broker, "withdrawn", "the order was taken back by its cancel");
}

/** Why nothing was sent; null where something may have been, or the broker itself refused. */
export function unsentReason(error: unknown): UnsentReason | null {
  if (!(error instanceof BrokerError) || error.outcome !== "refused") return null;
  return UNSENT_REASONS.find((reason) => reason === error.details["unsent"]) ?? null;
}
