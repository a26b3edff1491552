import { formatFixed, type Fixed } from "../domain/decimal.ts";
import { BrokerErrorCode } from "../domain/errorCode.ts";
import type { TimeInForce } from "../domain/order.ts";
import type { AccountState } from "./AccountState.ts";
import { checkFunds, checkShort } from "./checkOrder.ts";
import { checkGroupChange, checkSpecialChange } from "./checkChange.ts";
import { checkTerms, isImmediate } from "./checkTerms.ts";
import { checkBorrow } from "./money/checkBorrow.ts";
import { expiryOf, type ExpiryRules } from "./expiry.ts";
import type { OrderChanges } from "./InFlight.ts";
import type { PaperOrder, PaperOrderTerms } from "./PaperOrder.ts";
import { referencePrice } from "./referencePrice.ts";
import { refuse, type Refusal } from "./Refusal.ts";

/** The terms that an open order would have at sequence number `nextSequence`, or why it may not have them (PX52, PX53). */
export function planReplacement(
  order: PaperOrder,
  changes: OrderChanges,
  nextSequence: number,
  state: AccountState,
  expiryRules: ExpiryRules,
): PaperOrderTerms | Refusal {
  const { terms } = order;
  const { quantity = terms.quantity, timeInForce = terms.timeInForce } = changes;
  const price = changes.price ?? terms.price;
  const stopPrice = changes.stopPrice ?? terms.stopPrice;
  const isSame =
    quantity === terms.quantity &&
    timeInForce === terms.timeInForce &&
    price === terms.price &&
    stopPrice === terms.stopPrice;
  const symbol = state.symbol(order.symbol);
  const refused =
    (isSame ? refuse(BrokerErrorCode.INVALID_ORDER, "PX52", "The change leaves the order as it is.") : undefined) ??
    checkChange(order, quantity, stopPrice, timeInForce) ??
    checkSpecialChange(order, { stopPrice, timeInForce }) ??
    checkTerms(
      {
        type: order.orderType,
        timeInForce,
        extendedHours: order.extendedHours,
        quantity,
        price,
        stopPrice,
        trail: order.trail,
      },
      symbol.rules,
    ) ??
    checkGroupChange(order, { quantity, price, stopPrice, timeInForce }, state);
  if (refused !== undefined) return refused;

  const moment = { now: state.now, maxQuoteAgeMs: state.terms.maxQuoteAgeMs };
  const reference = referencePrice({ side: order.side, price, stopPrice }, symbol, moment) ?? terms.referencePrice;
  const prospect = { side: order.side, quantity: quantity - order.filledQuantity, referencePrice: reference };
  const replaced = { quantity: order.remaining, notional: order.remaining * terms.referencePrice };
  // What does not count now will not count then.
  const unfunded = order.counts
    ? (checkShort(symbol, prospect, replaced) ??
      checkBorrow(state, symbol, prospect, replaced) ??
      checkFunds(state, symbol, prospect, replaced))
    : undefined;
  if (unfunded !== undefined) return unfunded;

  const keepsPriority = price === terms.price && stopPrice === terms.stopPrice && quantity <= terms.quantity;
  return {
    timeInForce,
    quantity,
    price,
    stopPrice,
    referencePrice: reference,
    expiresAt:
      timeInForce === terms.timeInForce
        ? terms.expiresAt
        : expiryOf({ timeInForce, extendedHours: order.extendedHours }, state.now, expiryRules),
    priority: keepsPriority ? terms.priority : nextSequence,
  };
}

function checkChange(
  order: PaperOrder,
  quantity: Fixed,
  stopPrice: Fixed | null,
  timeInForce: TimeInForce,
): Refusal | undefined {
  if (quantity <= order.filledQuantity) {
    const filled = formatFixed(order.filledQuantity);
    const asked = formatFixed(quantity);
    return refuse(
      BrokerErrorCode.INVALID_ORDER,
      "PX52",
      `${filled} are filled already, so the quantity must be above that, not ${asked}; to stop here, cancel the order.`,
      { field: "quantity", filled, quantity: asked },
    );
  }
  if (order.isTriggered && stopPrice !== order.terms.stopPrice) {
    return refuse(BrokerErrorCode.INVALID_ORDER, "PX52", "The stop was triggered, so its price changes no more.", {
      field: "stopPrice",
    });
  }
  if (timeInForce !== order.terms.timeInForce && isImmediate(timeInForce)) {
    return refuse(
      BrokerErrorCode.INVALID_ORDER,
      "PX52",
      `An order that works cannot become ${timeInForce}; use day or gtc.`,
      {
        field: "timeInForce",
        timeInForce,
      },
    );
  }
  return undefined;
}
