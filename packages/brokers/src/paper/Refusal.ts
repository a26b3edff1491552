import type { BrokerErrorCode } from "../domain/errorCode.ts";
import type { Reason } from "../domain/Reason.ts";

/** A request that is not granted: expected, so a value and not a throw. */
export interface Refusal {
  readonly code: BrokerErrorCode;
  readonly reason: Reason;
}

export function refuse(code: BrokerErrorCode, rule: string, text: string, params: Reason["params"] = {}): Refusal {
  return { code, reason: { rule, text, params } };
}
