import { max, min, type Fixed } from "../domain/decimal.ts";
import { ORDER_SIDES, type OrderSide } from "../domain/order.ts";
import type { AccountState } from "./AccountState.ts";
import { wholeLots } from "./displayedSize.ts";
import { heldReason, positionGoneReason } from "./groupReasons.ts";
import type { GroupSink } from "./linkedGroups.ts";
import type { PaperOrder } from "./PaperOrder.ts";
import type { SymbolState } from "./SymbolState.ts";

/** What an exit that is about to work could close: what is held, open orders of its side taken off (PX118). */
export function closableBy(exit: PaperOrder, symbol: SymbolState): Fixed {
  const free = heldFor(exit.side, symbol) - symbol.book[exit.side].openQuantity;
  return inItsLots(max(free, 0n), exit, symbol);
}

/** Cuts the exits that work to what is held, in every symbol (PX118). */
export function fitExits(state: AccountState, sink: GroupSink): void {
  for (const symbol of state.symbols) for (const side of ORDER_SIDES) fitSide(symbol, side, state, sink);
}

/**
 * Cuts the exits of one side of a symbol, after less is held: the group that was given last loses first, and an exit with
 * nothing left ends. Corporate actions need no such call: they shrink exits at least as much as what is held.
 */
export function fitSide(symbol: SymbolState, side: OrderSide, state: AccountState, sink: GroupSink): void {
  const { exits } = symbol.book[side];
  if (exits.size === 0) return;
  const held = heldFor(side, symbol);
  let asked = 0n;
  for (const { remaining } of exits) asked += remaining;
  if (asked <= held) return;
  let left = held;
  for (const exit of Array.from(state.openOrders).filter((order) => exits.has(order))) {
    const share = min(exit.remaining, inItsLots(left, exit, symbol));
    left -= share;
    if (share === 0n) sink.close(exit, "canceled", positionGoneReason(symbol.symbol, held));
    else if (share < exit.remaining) cut(exit, share, state, sink);
  }
}

/** Both exits of a pair are for the same shares. */
function cut(exit: PaperOrder, share: Fixed, state: AccountState, sink: GroupSink): void {
  const members = exit.group === null ? [] : state.groupOf(exit.group);
  for (const member of members) {
    if (!member.isOpen || member.isHeld) continue;
    sink.resize(member, member.filledQuantity + share, heldReason(exit.symbol, share));
  }
}

/** Shares that orders of a side would close. */
function heldFor(side: OrderSide, { holding }: SymbolState): Fixed {
  return max(side === "sell" ? holding.quantity : -holding.quantity, 0n);
}

/** Whole lots, but for an exit that is itself for parts of a share (PX84). */
function inItsLots(shares: Fixed, exit: PaperOrder, { rules }: SymbolState): Fixed {
  return wholeLots(shares, exit.remaining % rules.lotSize === 0n ? rules.lotSize : rules.fractionSize);
}
