import { BrokerError } from "../../BrokerError.ts";
import { BrokerErrorCode } from "../../domain/errorCode.ts";
import { isListed, isWarning, toBrokerError } from "../IBErrors.ts";
import { INTERACTIVE_BROKERS } from "../ibName.ts";
import type { GatewayError } from "../session/GatewayEvents.ts";

/**
 * What an error that names an order means for what was asked of it: it was `canceled`, it was `refused`, or the error is a
 * `notice`. A code that nobody here knows is a notice too: silence after it leaves the outcome unknown, as any silence does.
 */
export type OrderErrorKind = "canceled" | "refused" | "notice";

/** An order was canceled, by whomever. */
const CANCELED = 202;
/** The change before it is not done yet, and the attached order came before its parent: warnings by range, refusals of an order. */
const REFUSALS: ReadonlySet<number> = new Set([2_102, 10_006]);
/** Nothing was placed: another order has the id. `DUPLICATE_ORDER` would say that this one is there. */
const ID_IN_USE = 103;
/** What of an order an error is about, where more than one thing was asked of it. */
export type ErrorAim = "terms" | "cancel" | "either";

const OF_CANCELS: ReadonlySet<number> = new Set([136, 161, 10_147, 10_148]);
/** Too fast, not found, not readable, not valid, not connected: that may be said of anything. */
const OF_EITHER: ReadonlySet<number> = new Set([100, 135, 320, 321, 504, 1_100]);
const LONGEST_WORDS = 300;

export function aimOf({ code }: Pick<GatewayError, "code">): ErrorAim {
  if (OF_CANCELS.has(code)) return "cancel";
  return OF_EITHER.has(code) ? "either" : "terms";
}

export function kindOf({ code }: Pick<GatewayError, "code">): OrderErrorKind {
  if (code === CANCELED) return "canceled";
  return REFUSALS.has(code) || (isListed(code) && !isWarning(code)) ? "refused" : "notice";
}

/** @param what was asked: "the order", "the change". */
export function orderRefusal(error: GatewayError, what: string): BrokerError {
  const refusal = toBrokerError(error, what);
  const isOurs = error.code === ID_IN_USE || REFUSALS.has(error.code);
  if (!isOurs) return refusal;
  const advice = error.code === 10_006 ? "the exit came before its entry" : "it was not taken";
  return new BrokerError(
    `${what}: ${advice}; try again (${wordsOf(error)})`,
    BrokerErrorCode.ORDER_REJECTED,
    INTERACTIVE_BROKERS,
    {
      details: refusal.details,
      outcome: "refused",
    },
  );
}

/** Its number and its own words, in short and printable. */
export function wordsOf({ code, message }: Pick<GatewayError, "code" | "message">): string {
  const words = message.replaceAll(/<[^>]*>|[^\x20-\x7e]+/g, " ").trim();
  return `${code}: ${words.slice(0, LONGEST_WORDS)}`;
}
