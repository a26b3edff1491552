import { formatFixed, tryParseFixed, type Fixed } from "../domain/decimal.ts";
import type { OrderField, OrderIssue } from "../domain/validation.ts";
import { orderIssue } from "./orderRules.ts";
import { isOnTick, nearestTick, tickSizeAt } from "./tickSize.ts";

/** Largest quantity that any rule here reckons with, in shares. */
export const MAX_QUANTITY: Fixed = 1_000_000_000_000_000_000n;
/** Largest price of one share. */
export const MAX_PRICE: Fixed = 10_000_000_000_000_000n;

/** A ticker of up to ten characters, and a class after a dot: "AAPL", "BRK.B". */
const SYMBOL = /^[A-Z][A-Z0-9]{0,9}(?:\.[A-Z0-9]{1,3})?$/;

/** Takes one fault; a reader then answers undefined. */
export type Report = (issue: OrderIssue) => undefined;

export function readSymbol(value: unknown, report: Report): string | undefined {
  if (typeof value === "string" && SYMBOL.test(value)) return value;
  const symbol = show(value);
  return report(
    orderIssue("symbol_format", `${symbol} is not a ticker in capitals, such as AAPL or BRK.B`, { symbol }, "symbol"),
  );
}

export function readChoice<Choice extends string>(
  field: OrderField,
  rule: "side_known" | "type_known" | "time_in_force_known",
  choices: readonly Choice[],
  value: unknown,
  report: Report,
): Choice | undefined {
  const found = choices.find((choice) => choice === value);
  return (
    found ??
    report(orderIssue(rule, `${show(value)} is not one of ${choices.join(", ")}`, { value: show(value) }, field))
  );
}

export function readQuantity(value: unknown, report: Report): Fixed | undefined {
  const quantity = tryParseFixed(value);
  const fault = faultOf(quantity, MAX_QUANTITY);
  if (fault === undefined) return quantity;
  return report(orderIssue("quantity_format", `${show(value)} ${fault}`, { quantity: show(value) }, "quantity"));
}

/** A price on the tick, above zero. `name` is what it is called in a sentence. */
export function readPrice(
  field: "price" | "stopPrice",
  value: unknown,
  report: Report,
  name = priceName(field),
): Fixed | undefined {
  const price = tryParseFixed(value);
  const fault = faultOf(price, MAX_PRICE);
  if (price === undefined || fault !== undefined) {
    return report(orderIssue("price_format", `the ${name} ${show(value)} ${fault}`, { [field]: show(value) }, field));
  }
  if (isOnTick(price)) return price;
  const params = {
    [field]: formatFixed(price),
    tick: formatFixed(tickSizeAt(price)),
    nearest: formatFixed(nearestTick(price)),
  };
  const detail = `the ${name} ${formatFixed(price)} is not a multiple of ${params["tick"]}; the nearest is ${params["nearest"]}`;
  return report(orderIssue("price_tick", detail, params, field));
}

export function priceName(field: "price" | "stopPrice"): string {
  return field === "price" ? "limit price" : "stop price";
}

/** A character that a database or a terminal may not take: a control character, or half of a pair. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}]/gu;

/** A faulty value as a person may see it: short, printable, and never a structure. */
export function show(value: unknown): string {
  switch (typeof value) {
    case "undefined":
      return "nothing";
    case "string":
      return value === "" ? "an empty text" : value.slice(0, 40).replaceAll(UNPRINTABLE, "?");
    case "number":
    case "bigint":
    case "boolean":
      return String(value);
    case "object":
    case "function":
    case "symbol":
      return value === null ? "null" : `a ${typeof value}`;
  }
}

function faultOf(value: Fixed | undefined, largest: Fixed): string | undefined {
  if (value === undefined) return "is not an exact number with at most 9 decimals";
  if (value <= 0n) return "is not above zero";
  return value > largest ? `is above ${formatFixed(largest)}` : undefined;
}
