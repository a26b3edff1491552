import type { FieldWriter } from "../FieldWriter.ts";
import { CONDITION_TYPES, type WireCondition } from "../WireCondition.ts";
import type { WireOrder } from "../WireOrder.ts";

/** A count, the conditions, and, where there are any, what they do outside hours and to the order. */
export function writeConditions(fields: FieldWriter, order: WireOrder): void {
  fields.list(order.conditions, (condition) => writeCondition(fields, condition));
  if (order.conditions.length > 0) fields.bool(order.conditionsIgnoreRth, order.conditionsCancelOrder);
}

function writeCondition(fields: FieldWriter, condition: WireCondition): void {
  fields.int(CONDITION_TYPES[condition.kind]);
  fields.text(condition.conjunction);
  if (condition.kind === "execution") return fields.text(condition.secType, condition.exchange, condition.symbol);
  fields.bool(condition.isMore);
  if (condition.kind === "time") return fields.text(condition.value);
  fields.maybe("", condition.value);
  if (condition.kind === "margin") return;
  fields.int(condition.conId);
  fields.text(condition.exchange);
  if (condition.kind === "price") fields.int(condition.triggerMethod);
}
