import { isFinalOrderState, type OrderState } from "@trenddojo/brokers/domain";
import type { OrderRow } from "@trenddojo/db";
import type { OrderStep } from "./OrderJournal.ts";

const RULE = "found_alive";
const TEXT = "It was taken for never placed, and the broker has it after all: the desk cancels it";

/** An order that was taken for never placed and is open at its broker after all: whoever placed it was told otherwise. */
export function isFoundAlive({ state, why }: Pick<OrderRow, "state" | "why">): boolean {
  return why?.rule === RULE && !isFinalOrderState(state);
}

/** The step of an order with what it means where the order had been given up; it is marked for as long as it works. */
export function orFoundAlive(row: OrderRow, to: OrderState, step: OrderStep): OrderStep {
  if (row.state !== "NOT_PLACED" || isFinalOrderState(to)) return step;
  return {
    ...step,
    message: `${step.message}. ${TEXT}`,
    action: "order.found_alive",
    changes: {
      ...step.changes,
      reason: { code: null, message: TEXT, params: {} },
      why: { rule: RULE, text: TEXT, params: {} },
    },
  };
}
