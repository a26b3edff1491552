import { max, multiply, ONE, type Fixed } from "../domain/decimal.ts";
import type { OrderSide } from "../domain/order.ts";
import type { Terms } from "./profile.ts";
import type { SymbolState } from "./SymbolState.ts";

/** Market values of an account's holdings. */
export interface Exposure {
  readonly long: Fixed;
  /** Zero or negative. */
  readonly short: Fixed;
  /** What the open parts cost; shorts negative. */
  readonly cost: Fixed;
}

/** Initial margin of what is held (PX70). */
export function initialMargin(exposure: Exposure, terms: Terms): Fixed {
  return multiply(exposure.long, terms.initialLong, "up") + multiply(-exposure.short, terms.initialShort, "up");
}

/** Maintenance margin of what is held (PX72). */
export function maintenanceMargin(exposure: Exposure, terms: Terms): Fixed {
  return multiply(exposure.long, terms.maintenanceLong, "up") + multiply(-exposure.short, terms.maintenanceShort, "up");
}

/** Open orders of one side, as sums; `notional` in units of 1e-18. */
export interface OpenSums {
  readonly quantity: Fixed;
  readonly notional: bigint;
}

/** Shares of a side's open orders that can only open a position: those beyond what they would close. */
export function openingQuantity(side: OrderSide, open: Fixed, held: Fixed): Fixed {
  const closing = side === "buy" ? max(-held, 0n) : max(held, 0n);
  return max(open - closing, 0n);
}

/**
 * Initial margin held back for the open orders of one side (PX71): the opening part of them at their average
 * reference price, rounded up.
 */
export function sideMargin(side: OrderSide, open: OpenSums, held: Fixed, terms: Terms): Fixed {
  const opening = openingQuantity(side, open.quantity, held);
  if (opening === 0n) return 0n;
  const rate = side === "buy" ? terms.initialLong : terms.initialShort;
  const notional = opening === open.quantity ? open.notional : (open.notional * opening) / open.quantity;
  return (notional * rate + ONE * ONE - 1n) / (ONE * ONE);
}

/** Initial margin held back for all open orders of a symbol. */
export function reservedMargin(state: SymbolState, terms: Terms): Fixed {
  return openMargin(state, "buy", terms) + openMargin(state, "sell", terms);
}

function openMargin(state: SymbolState, side: OrderSide, terms: Terms): Fixed {
  const { openQuantity, openNotional } = state.book[side];
  if (openQuantity === 0n) return 0n;
  return sideMargin(side, { quantity: openQuantity, notional: openNotional }, state.holding.quantity, terms);
}

/** An order that is not there yet. */
export interface ProspectiveOrder {
  readonly side: OrderSide;
  readonly quantity: Fixed;
  readonly referencePrice: Fixed;
}

/** What a prospective order would replace. */
export const NOTHING_REPLACED: OpenSums = { quantity: 0n, notional: 0n };

/** How much more initial margin an order would hold back. Zero or less for one that only closes. */
export function additionalMargin(
  state: SymbolState,
  order: ProspectiveOrder,
  terms: Terms,
  replaced: OpenSums = NOTHING_REPLACED,
): Fixed {
  const { openQuantity, openNotional } = state.book[order.side];
  const held = state.holding.quantity;
  const after = {
    quantity: openQuantity - replaced.quantity + order.quantity,
    notional: openNotional - replaced.notional + order.quantity * order.referencePrice,
  };
  return sideMargin(order.side, after, held, terms) - openMargin(state, order.side, terms);
}
