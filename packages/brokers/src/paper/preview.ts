import { max, multiply, type Fixed } from "../domain/decimal.ts";
import type { ParsedOrder } from "../rules/ParsedOrder.ts";
import type { AccountState } from "./AccountState.ts";
import { sharesOf } from "./checkOrder.ts";
import { commission, secFee, tafFee } from "./fees.ts";
import { additionalMargin, openingQuantity } from "./margin.ts";
import { exchangeFee } from "./money/exchangeFees.ts";
import { referencePrice } from "./referencePrice.ts";

/** What an order would need and cost, reckoned as the check of a real one reckons (PX17, PX71). */
export interface PaperPreview {
  /** The price that it is reckoned at: the limit, the stop, or the far side of the quote. */
  readonly referencePrice: Fixed;
  readonly notional: Fixed;
  /** All that it would be charged, if it fills whole at the reference price and takes liquidity. */
  readonly fees: Fixed;
  /** Initial margin that the order would hold back; zero where it only closes. */
  readonly required: Fixed;
  /** Initial margin that is there; zero where the account is overdrawn. */
  readonly available: Fixed;
  readonly canExecute: boolean;
  /** Maintenance margin of the part that opens. */
  readonly maintenance: Fixed;
  /** Never below zero. */
  readonly buyingPowerAfter: Fixed;
}

/** Undefined for an unknown symbol, and for a market order without a fresh quote. Changes nothing. */
export function previewOrder(order: ParsedOrder, state: AccountState, now: number): PaperPreview | undefined {
  const { terms } = state;
  const symbol = state.tradableSymbol(order.symbol);
  if (symbol === undefined) return undefined;
  const reference = referencePrice(order, symbol, { now, maxQuoteAgeMs: terms.maxQuoteAgeMs });
  if (reference === undefined) return undefined;
  const quantity = sharesOf(order, symbol, reference);
  const notional = multiply(quantity, reference, "half_even");
  const access = exchangeFee(terms.money.exchangeFees, { quantity, price: reference, at: now, takes: true });
  const isCharged = order.side === "sell" && terms.regulatoryFees;
  const required = max(additionalMargin(symbol, { side: order.side, quantity, referencePrice: reference }, terms), 0n);
  const free = state.availableMargin();
  const { openQuantity } = symbol.book[order.side];
  const held = symbol.holding.quantity;
  const opening =
    openingQuantity(order.side, openQuantity + quantity, held) - openingQuantity(order.side, openQuantity, held);
  const maintenanceRate = order.side === "buy" ? terms.maintenanceLong : terms.maintenanceShort;
  return {
    referencePrice: reference,
    notional,
    fees: commission(quantity, terms) + access + (isCharged ? secFee(notional, now) + tafFee(quantity, now) : 0n),
    required,
    available: max(free, 0n),
    canExecute: required === 0n || required <= free,
    maintenance: multiply(multiply(opening, reference, "up"), maintenanceRate, "up"),
    buyingPowerAfter: state.buyingPower(free - required),
  };
}
