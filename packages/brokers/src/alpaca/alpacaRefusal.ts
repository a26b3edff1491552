import { BrokerError } from "../BrokerError.ts";
import type { BrokerErrorCode } from "../domain/errorCode.ts";
import { ALPACA } from "./alpacaName.ts";

/** What was not done, and why. */
export function alpacaRefusal(
  code: BrokerErrorCode,
  message: string,
  details: Readonly<Record<string, string | number>> = {},
): BrokerError {
  return new BrokerError(message, code, ALPACA, { details, outcome: "refused" });
}
