import type { OrderField, OrderIssue } from "../../domain/validation.ts";
import type { ParsedOrder } from "../../rules/ParsedOrder.ts";
import type { Refusal } from "../Refusal.ts";
import { findOrderIssues, type PaperRiskContext } from "./findOrderIssues.ts";

const FIELDS: readonly OrderField[] = [
  "symbol",
  "quantity",
  "side",
  "type",
  "price",
  "stopPrice",
  "timeInForce",
  "extendedHours",
  "notional",
  "trail",
  "expiresAt",
  "orderClass",
  "takeProfit",
  "stopLoss",
];

/** What keeps an order from the exchange, and what the exchange itself would refuse where no issue has told that already. */
export function findAllIssues(order: ParsedOrder, context: PaperRiskContext): readonly OrderIssue[] {
  const { exchange } = context.session;
  const issues = findOrderIssues(order, context);
  const refusal = exchange.refusalOf(context.session.now(), order);
  if (refusal === undefined || issues.some(({ code }) => code === refusal.code)) return issues;
  return [...issues, toIssue(refusal)];
}

function toIssue({ code, reason }: Refusal): OrderIssue {
  const { field: named, ...params } = reason.params;
  const field = FIELDS.find((each) => each === named);
  const issue = { code, rule: reason.rule, message: reason.text, params };
  return field === undefined ? issue : { ...issue, field };
}
