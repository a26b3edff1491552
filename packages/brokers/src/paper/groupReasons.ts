import { formatFixed, type Fixed } from "../domain/decimal.ts";
import type { PaperOrder } from "./PaperOrder.ts";
import type { Reason } from "../domain/Reason.ts";

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

/** Why an exit begins with less than its entry: part of the position is gone, or other orders close it. */
export function positionReason(entry: PaperOrder, closable: Fixed): Reason {
  const left = formatFixed(closable);
  return {
    rule: "PX118",
    text: `Of the position of ${nameOf(entry)} only ${left} are left to close.`,
    params: { entry: entry.orderId, left },
  };
}

export function nothingToCloseReason(entry: PaperOrder): Reason {
  return {
    rule: "PX118",
    text: `Canceled: nothing is left to close of the position of ${nameOf(entry)}.`,
    params: { entry: entry.orderId },
  };
}

/** Why an exit that works is for less than before: less is held (PX118). */
export function heldReason(symbol: string, share: Fixed): Reason {
  const left = formatFixed(share);
  return {
    rule: "PX118",
    text: `Of the position in ${symbol} ${left} are left for this exit to close.`,
    params: { symbol, left },
  };
}

export function positionGoneReason(symbol: string, held: Fixed): Reason {
  const left = formatFixed(held);
  return {
    rule: "PX118",
    text:
      held === 0n
        ? "Canceled: the position it was to close is gone."
        : `Canceled: ${left} of ${symbol} are still held, and nothing of that is left for this exit.`,
    params: { symbol, held: left },
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

/** Why a member ends: the position is closed, or another member ended. Where both end for want of a position, both say so. */
export function siblingReason(other: PaperOrder): Reason {
  if (other.reason?.rule === "PX118") return other.reason;
  return {
    rule: "PX113",
    text: `Canceled with its group: ${nameOf(other)} is ${other.status}.`,
    params: { by: other.orderId, status: other.status },
  };
}
