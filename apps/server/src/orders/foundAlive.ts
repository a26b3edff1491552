import { isFinalOrderState, type OrderState } from "@trenddojo/brokers/domain";
import type { OrderRow, StoredWhy } from "@trenddojo/db";
import type { OrderStep } from "./OrderJournal.ts";

const RULE = "found_alive";

/** An order that was over here and is open at its broker after all: whoever placed it was told otherwise. */
export function isFoundAlive({ state, why }: Pick<OrderRow, "state" | "why">): boolean {
  return why?.rule === RULE && !isFinalOrderState(state);
}

/** Marks an order of unknown outcome that a person wants canceled: it has no name yet to cancel it by. */
export const CANCEL_WANTED: StoredWhy = {
  rule: "cancel_wanted",
  text: "A cancel was asked for while it was looked for: it is canceled as soon as it is found",
  params: {},
};

/** An order at work that the desk is to cancel by itself: nobody counts on it, or somebody asked for it before it was found. */
export function isUnwanted(row: Pick<OrderRow, "state" | "why">): boolean {
  const isSent = row.state !== "SENDING" && row.state !== "UNKNOWN" && !isFinalOrderState(row.state);
  return isFoundAlive(row) || (isSent && row.why?.rule === CANCEL_WANTED.rule);
}

/**
 * The step of an order with what it means where the order was over; it is marked for as long as it works. One that was
 * placed elsewhere is its owner's there.
 */
export function orFoundAlive(row: OrderRow, to: OrderState, step: OrderStep): OrderStep {
  if (!isFinalOrderState(row.state) || isFinalOrderState(to) || row.origin === "external") return step;
  const was = row.state === "NOT_PLACED" ? "taken for never placed" : row.state;
  const text = `It was ${was}, and the broker has it after all: the desk cancels it`;
  return {
    ...step,
    message: `${step.message}. ${text}`,
    action: "order.found_alive",
    changes: {
      ...step.changes,
      reason: { code: null, message: text, params: {} },
      why: { rule: RULE, text, params: {} },
    },
  };
}
