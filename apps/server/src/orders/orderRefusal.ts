import type { OrderIssue } from "@trenddojo/brokers/domain";
import type { OrderReason, StoredWhy } from "@trenddojo/db";
import { DeskError } from "../DeskError.ts";
import { LIVE_NOT_ARMED } from "../live/LiveArming.ts";
import type { DeskErrorCode, WireIssue } from "../wire/errors.ts";
import { codeOf } from "./orderView.ts";

/** The refusal of an order by its rules: the first one speaks, all are told. */
export function orderRefusal(issues: readonly OrderIssue[]): DeskError {
  const wire = issues.map(wireIssue);
  const [first] = wire;
  const rest = issues.length > 1 ? ` (and ${issues.length - 1} more)` : "";
  return new DeskError(first?.code ?? "INVALID_ORDER", `${first?.message ?? "The order may not go"}${rest}.`, {
    issues: wire,
    retryAfterSeconds: retryAfter(issues),
  });
}

/** What is stored of it with the denied order. */
export function refusalReason(issues: readonly OrderIssue[]): OrderReason {
  const refusal = orderRefusal(issues);
  return { code: refusal.code, message: refusal.message, params: refusal.issues[0]?.params ?? {} };
}

/** The rule that spoke first, with its own sentence and numbers. */
export function refusalWhy([first]: readonly OrderIssue[]): StoredWhy | null {
  return first === undefined ? null : { rule: first.rule, text: `${first.message}.`, params: first.params };
}

/** The same refusal again, for the same key. */
export function repeatedRefusal(reason: OrderReason | null): DeskError {
  const code = codeOf(reason?.code ?? null) ?? "INVALID_ORDER";
  const message = reason?.message ?? "The order was denied.";
  return new DeskError(code, message, { issues: [{ code, field: null, message, params: reason?.params ?? {} }] });
}

/** The desk's own refusals, with codes that a screen can act on, by the rule that speaks. */
const DESK_CODES: ReadonlyMap<string, DeskErrorCode> = new Map([
  ["trading_halted", "TRADING_HALTED"],
  [LIVE_NOT_ARMED, "LIVE_NOT_ARMED"],
]);

export function wireIssue({ code, rule, field, message, params }: OrderIssue): WireIssue {
  return { code: DESK_CODES.get(rule) ?? code, field: field ?? null, message, params };
}

function retryAfter(issues: readonly OrderIssue[]): number | null {
  const waits = issues.flatMap(({ params }) =>
    typeof params["retryAfterMs"] === "number" ? params["retryAfterMs"] : [],
  );
  return waits.length === 0 ? null : Math.ceil(Math.max(...waits) / 1000);
}
