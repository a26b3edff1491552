import type { Fixed } from "../domain/decimal.ts";
import { TIMES_IN_FORCE, type TimeInForce } from "../domain/order.ts";
import type { OrderIssue } from "../domain/validation.ts";
import { readChoice, readPrice, readQuantity, type Report } from "./orderFields.ts";
import { orderIssue } from "./orderRules.ts";

/** The changes to an order, each read; whether they fit it is for whoever holds it. */
export interface ParsedOrderUpdate {
  readonly quantity?: Fixed;
  readonly price?: Fixed;
  readonly stopPrice?: Fixed;
  readonly timeInForce?: TimeInForce;
}

export type ParseOrderUpdateResult =
  | { readonly ok: true; readonly changes: ParsedOrderUpdate }
  | { readonly ok: false; readonly issues: readonly OrderIssue[] };

/** Reads an order update from anything: every fault is answered, none thrown; one that changes nothing is a fault. */
export function parseOrderUpdate(updates: unknown): ParseOrderUpdateResult {
  if (typeof updates !== "object" || updates === null || Array.isArray(updates)) {
    return { ok: false, issues: [orderIssue("order_shape", "an update is an object", {})] };
  }
  const issues: OrderIssue[] = [];
  const report: Report = (issue) => void issues.push(issue);
  const input: Readonly<Record<string, unknown>> = { ...updates };
  const read = <Value>(name: string, reader: (value: unknown) => Value | undefined): Value | undefined =>
    input[name] === undefined ? undefined : reader(input[name]);

  const quantity = read("quantity", (value) => readQuantity(value, report));
  const price = read("price", (value) => readPrice("price", value, report));
  const stopPrice = read("stopPrice", (value) => readPrice("stopPrice", value, report));
  const timeInForce = read("timeInForce", (value) =>
    readChoice("timeInForce", "time_in_force_known", TIMES_IN_FORCE, value, report),
  );
  const changes: ParsedOrderUpdate = {
    ...(quantity === undefined ? {} : { quantity }),
    ...(price === undefined ? {} : { price }),
    ...(stopPrice === undefined ? {} : { stopPrice }),
    ...(timeInForce === undefined ? {} : { timeInForce }),
  };
  if (issues.length === 0 && Object.keys(changes).length === 0) {
    report(orderIssue("order_shape", "an update changes quantity, price, stopPrice or timeInForce", {}));
  }
  return issues.length > 0 ? { ok: false, issues } : { ok: true, changes };
}
