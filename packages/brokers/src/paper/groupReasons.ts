import { formatFixed, type Fixed } from "../domain/decimal.ts";
import type { PaperOrder } from "./PaperOrder.ts";
import type { Reason } from "./Reason.ts";

/** A member of a linked group, as a sentence names it. */
export const ROLE_NAMES = { entry: "entry", take_profit: "profit exit", stop_loss: "stop exit" } as const;

const nameOf = ({ group, orderId }: PaperOrder): string => `the ${ROLE_NAMES[group?.role ?? "entry"]} ${orderId}`;

export function activationReason(entry: PaperOrder): Reason {
  const filled = formatFixed(entry.filledQuantity);
  return {
    rule: "PX111",
    text: `All ${filled} of ${nameOf(entry)} are filled, so the exit works from now on.`,
    params: { entry: entry.orderId, filled },
  };
}

export function shrinkReason(other: PaperOrder, quantity: Fixed): Reason {
  const left = formatFixed(quantity);
  return {
    rule: "PX112",
    text: `Part of the position was closed by ${nameOf(other)}; ${left} are left for this exit.`,
    params: { by: other.orderId, left },
  };
}

export function resizeReason(entry: PaperOrder): Reason {
  const quantity = formatFixed(entry.terms.quantity);
  return {
    rule: "PX114",
    text: `The quantity of ${nameOf(entry)} is ${quantity} now.`,
    params: { entry: entry.orderId, quantity },
  };
}

/** Why a member ends: the position is closed, or another member ended. */
export function siblingReason(other: PaperOrder): Reason {
  return {
    rule: "PX113",
    text: `Canceled with its group: ${nameOf(other)} is ${other.status}.`,
    params: { by: other.orderId, status: other.status },
  };
}
