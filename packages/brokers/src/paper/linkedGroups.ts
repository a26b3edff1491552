import { min, type Fixed } from "../domain/decimal.ts";
import { activationReason, resizeReason, shrinkReason, siblingReason } from "./groupReasons.ts";
import type { PaperOrder } from "./PaperOrder.ts";
import type { Reason } from "./Reason.ts";

/** What a group needs done to its members. Each call has taken effect when it returns. */
export interface GroupSink {
  activate(order: PaperOrder, reason: Reason): void;
  resize(order: PaperOrder, quantity: Fixed, reason: Reason): void;
  close(order: PaperOrder, status: "canceled", reason: Reason): void;
}

/**
 * Brings a linked group in order after one of its members changed (PX111 to PX114). What is to be done follows from the
 * members alone, so that a group whose account stopped half way is brought in order by the next call (PX117).
 */
export function settleGroup(members: readonly PaperOrder[], sink: GroupSink): void {
  const ended = members.find((order) => !order.isOpen && order.status !== "filled");
  if (ended !== undefined) return closeAll(members, ended, sink);
  const entry = members.find(({ group }) => group?.role === "entry");
  const exits = members.filter((order) => order !== entry);
  if (entry?.isOpen === true) return resizeHeld(entry, exits, sink);
  if (entry !== undefined) {
    for (const exit of exits) if (exit.isHeld) sink.activate(exit, activationReason(entry));
  }
  shareOut(exits, sink);
}

/** Exits that are not there yet have as many shares as their entry. */
function resizeHeld(entry: PaperOrder, exits: readonly PaperOrder[], sink: GroupSink): void {
  if (entry.filledQuantity !== 0n) return;
  const { quantity } = entry.terms;
  for (const exit of exits) if (exit.terms.quantity !== quantity) sink.resize(exit, quantity, resizeReason(entry));
}

/** What one exit filled is no longer there for the other. */
function shareOut(exits: readonly PaperOrder[], sink: GroupSink): void {
  const [first, second] = exits;
  if (first === undefined || second === undefined) return;
  const shared = min(first.remaining, second.remaining);
  for (const [exit, other] of [
    [first, second],
    [second, first],
  ] as const) {
    if (!exit.isOpen || exit.remaining <= shared) continue;
    if (shared === 0n) sink.close(exit, "canceled", siblingReason(other));
    else sink.resize(exit, exit.filledQuantity + shared, shrinkReason(other, shared));
  }
}

function closeAll(members: readonly PaperOrder[], ended: PaperOrder, sink: GroupSink): void {
  for (const order of members) if (order.isOpen) sink.close(order, "canceled", siblingReason(ended));
}
