import { BrokerError } from "../BrokerError.ts";
import type { BrokerErrorCode } from "../domain/errorCode.ts";
import { INTERACTIVE_BROKERS } from "./ibName.ts";

/** What was not done, and why. */
export function ibRefusal(
  code: BrokerErrorCode,
  message: string,
  details: Readonly<Record<string, string | number>> = {},
): BrokerError {
  return new BrokerError(message, code, INTERACTIVE_BROKERS, { details, outcome: "refused" });
}
