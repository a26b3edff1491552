import { min, type Fixed } from "../domain/decimal.ts";
import {
  activationReason,
  nothingToCloseReason,
  positionReason,
  resizeReason,
  shrinkReason,
  siblingReason,
} from "./groupReasons.ts";
import type { PaperOrder } from "./PaperOrder.ts";
import type { Reason } from "../domain/Reason.ts";

/** What a group needs done to its members. Each call has taken effect when it returns. */
export interface GroupSink {
  activate(order: PaperOrder, reason: Reason): void;
  resize(order: PaperOrder, quantity: Fixed, reason: Reason): void;
  /** Whole lots of the position that an exit could close, open orders of its side taken off. */
  closable(exit: PaperOrder): Fixed;
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
  if (entry !== undefined) activateHeld(entry, exits, sink);
  shareOut(exits, sink);
}

/** Exits close: as they begin to work they are for no more than the position that is there (PX118). */
function activateHeld(entry: PaperOrder, exits: readonly PaperOrder[], sink: GroupSink): void {
  const [first] = exits.filter(({ isHeld }) => isHeld);
  if (first === undefined) return;
  // One of them may work already, where a journal stopped between the two.
  const working = exits.find((exit) => exit.isOpen && exit.counts)?.remaining ?? 0n;
  const closable = sink.closable(first) + working;
  if (closable === 0n) return sink.close(first, "canceled", nothingToCloseReason(entry));
  for (const exit of exits) {
    if (!exit.isHeld) continue;
    if (exit.terms.quantity > closable) sink.resize(exit, closable, positionReason(entry, closable));
    sink.activate(exit, activationReason(entry));
  }
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
