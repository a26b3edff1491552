import type { BrokerError } from "@trenddojo/brokers";
import type { OrderRow, StoredWhy } from "@trenddojo/db";

/** The rule by which the broker refused an order, where its refusal names one; else its code. */
export function whyRefused({ message, code, details }: BrokerError): StoredWhy {
  const { rule = code, ...params } = details;
  return { rule: String(rule), text: message, params };
}

/** Why an order is as it is, from what was stored of it: the rule that spoke or, without one, the code and the sentence. */
export function storedWhy({ why, reason }: OrderRow): StoredWhy | null {
  if (why !== null || reason === null) return why;
  return { rule: reason.code ?? "", text: reason.message, params: reason.params };
}
