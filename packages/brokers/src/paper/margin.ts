import { max, multiply, ONE, type Fixed } from "../domain/decimal.ts";
import type { OrderSide } from "../domain/order.ts";
import type { Terms } from "./profile.ts";
import type { BookSide } from "./OrderBook.ts";
import type { SymbolState } from "./SymbolState.ts";

/** One, as a product of two decimals. */
const PRODUCT_OF_ONES = ONE * ONE;
const JUST_BELOW_ONE = PRODUCT_OF_ONES - 1n;

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
  return (notional * rate + JUST_BELOW_ONE) / PRODUCT_OF_ONES;
}

/** Initial margin held back for the open orders of one side of a symbol of which `held` shares are held. */
export function openMargin({ side, openQuantity, openNotional }: BookSide, held: Fixed, terms: Terms): Fixed {
  if (openQuantity === 0n) return 0n;
  return sideMargin(side, { quantity: openQuantity, notional: openNotional }, held, terms);
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
  const { openQuantity, openNotional, reserved } = state.book[order.side];
  const after = {
    quantity: openQuantity - replaced.quantity + order.quantity,
    notional: openNotional - replaced.notional + order.quantity * order.referencePrice,
  };
  return sideMargin(order.side, after, state.holding.quantity, terms) - reserved;
}
