import { nextOrderState, type Fill, type Order } from "@trenddojo/brokers/domain";
import type { OrderRow } from "@trenddojo/db";
import type { OrderStep } from "../orders/OrderJournal.ts";
import { termsText } from "../orders/termsText.ts";
import type { FoundDrift } from "./DriftLedger.ts";

/** What the broker said: an order, an execution, or null where it does not know the order. */
export type Told = Order | Fill | null;
type Facts = Pick<FoundDrift, "kind" | "here" | "there" | "action">;

/**
 * In what an order and its broker differed, from the step that was decided on what the broker said; null where it is no
 * difference: the desk's own doubt, a name, where the market moved a trailing stop.
 */
export function driftOfStep(row: OrderRow, step: OrderStep, told: Told): Facts | null {
  const here = stateText(row);
  const there = toldText(told, step);
  if (step.event === "lose" || step.type === "note") return null;
  if (nextOrderState(row.state, step.event) === "illegal") {
    return { kind: "order_state", here, there, action: "asked" };
  }
  if (row.state === "SENDING" || row.state === "UNKNOWN") {
    return { kind: "unknown_order", here, there, action: step.event === "not_found" ? "not_placed" : "taken_over" };
  }
  if (step.fill !== undefined) return { kind: "fill", here, there, action: "booked" };
  if (told === null) return { kind: "missing_order", here, there, action: "taken_over" };
  if (step.action === "order.executions_missing") return { kind: "fill_total", here, there, action: "taken_over" };
  if (step.type === "replaced") {
    return {
      kind: "order_terms",
      here: termsText(termsOf(row)),
      there: termsText(termsOf(told)),
      action: "taken_over",
    };
  }
  if (step.action === null) return null;
  const kind = step.action === "order.updated" ? "order_terms" : "order_state";
  return { kind, here, there: kind === "order_terms" ? step.message : there, action: "taken_over" };
}

/** "WORKING, 0 of 100 filled" */
export function stateText({ state, filledQuantity, quantity }: OrderRow): string {
  return `${state}, ${filledQuantity} of ${quantity} filled`;
}

function toldText(told: Told, step: OrderStep): string {
  if (told === null) return step.event === "not_found" ? "Not known, and never was" : "Not known";
  if ("executionId" in told) return `Filled ${told.quantity} at ${told.price}`;
  return `${told.status}, ${told.filledQuantity} of ${told.quantity} filled`;
}

function termsOf({ quantity, ...terms }: OrderRow | Order | Fill) {
  const stopPrice = "stopPrice" in terms ? terms.stopPrice : null;
  return { quantity, stopPrice, price: terms.price };
}

/** What the broker said, as the ledger keeps it. */
export function evidenceOf(told: Told): Readonly<Record<string, unknown>> {
  if (told === null) return { known: false };
  const { orderId, clientOrderId, symbol, side, quantity, price } = told;
  const named = { orderId, clientOrderId, symbol, side, quantity, price };
  if ("executionId" in told) {
    return { execution: { ...named, executionId: told.executionId, filledAt: new Date(told.filledAt).toISOString() } };
  }
  const { status, filledQuantity, stopPrice, updatedAt } = told;
  return { order: { ...named, status, filledQuantity, stopPrice, updatedAt: new Date(updatedAt).toISOString() } };
}
