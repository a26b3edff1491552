import type { FieldReader } from "../FieldReader.ts";
import { CONDITION_TYPES, type WireCondition } from "../WireCondition.ts";

/** A count, the conditions, and, where there are any, what they do outside hours and to the order. */
export function readConditions(fields: FieldReader): {
  readonly conditions: readonly WireCondition[];
  readonly conditionsIgnoreRth: boolean;
  readonly conditionsCancelOrder: boolean;
} {
  const conditions = fields.list(() => readCondition(fields));
  if (conditions.length === 0) return { conditions, conditionsIgnoreRth: false, conditionsCancelOrder: false };
  return { conditions, conditionsIgnoreRth: fields.bool(), conditionsCancelOrder: fields.bool() };
}

function readCondition(fields: FieldReader): WireCondition {
  const type = fields.int();
  const conjunction = readConjunction(fields);
  switch (type) {
    case CONDITION_TYPES.price:
      return {
        kind: "price",
        conjunction,
        isMore: fields.bool(),
        value: fields.decimal(),
        conId: fields.int(),
        exchange: fields.text(),
        triggerMethod: fields.int(),
      };
    case CONDITION_TYPES.time:
      return { kind: "time", conjunction, isMore: fields.bool(), value: fields.text() };
    case CONDITION_TYPES.margin:
      return { kind: "margin", conjunction, isMore: fields.bool(), value: fields.intOrNull() };
    case CONDITION_TYPES.execution:
      return {
        kind: "execution",
        conjunction,
        secType: fields.text(),
        exchange: fields.text(),
        symbol: fields.text(),
      };
    case CONDITION_TYPES.volume:
      return {
        kind: "volume",
        conjunction,
        isMore: fields.bool(),
        value: fields.intOrNull(),
        conId: fields.int(),
        exchange: fields.text(),
      };
    case CONDITION_TYPES.percentChange:
      return {
        kind: "percentChange",
        conjunction,
        isMore: fields.bool(),
        value: fields.decimal(),
        conId: fields.int(),
        exchange: fields.text(),
      };
    default:
      throw fields.refuse(`no type of condition: ${type}, before`);
  }
}

function readConjunction(fields: FieldReader): "a" | "o" {
  const conjunction = fields.text().toLowerCase();
  if (conjunction !== "a" && conjunction !== "o") throw fields.refuse("neither a nor o");
  return conjunction;
}
