import { BrokerError } from "../../BrokerError.ts";
import { BrokerErrorCode } from "../../domain/errorCode.ts";
import type { OrderIssue } from "../../domain/validation.ts";
import type { PaperEvent } from "../PaperEvent.ts";

type Details = Readonly<Record<string, string | number>>;

/** What was not done, and why. */
export function refusal(broker: string, code: BrokerErrorCode, message: string, details: Details = {}): BrokerError {
  return new BrokerError(message, code, broker, { details, outcome: "refused" });
}

/** An order that broke rules: the code, rule, field and numbers of the first, the sentences of all. */
export function ruleRefusal(broker: string, issues: readonly OrderIssue[]): BrokerError {
  const [first] = issues;
  const details = {
    ...first?.params,
    rule: first?.rule ?? "order_shape",
    ...(first?.field === undefined ? {} : { field: first.field }),
  };
  const message = issues.map((issue) => issue.message).join("; ");
  return refusal(broker, first?.code ?? BrokerErrorCode.INVALID_ORDER, message, details);
}

/** @throws BrokerError for what the exchange refused, with its reason. */
export function throwRefused(broker: string, events: readonly PaperEvent[]): void {
  for (const event of events) {
    if (event.type === "order_rejected" || event.type === "cancel_rejected" || event.type === "replace_rejected") {
      throw refusal(broker, event.code, event.reason.text, { ...event.reason.params, rule: event.reason.rule });
    }
  }
}
