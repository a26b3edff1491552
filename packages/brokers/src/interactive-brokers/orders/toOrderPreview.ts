import type { MarginInfo, OrderPreview } from "../../domain/account.ts";
import { divide, max, money, multiply, price, type Fixed } from "../../domain/decimal.ts";
import type { MarketData } from "../../domain/marketData.ts";
import type { ParsedOrder } from "../../rules/ParsedOrder.ts";
import { referencePrice } from "../../rules/referencePrice.ts";
import type { AccountFacts } from "../account/AccountFacts.ts";
import type { WhatIf } from "./askWhatIf.ts";

/** @param whatIf null where Interactive Brokers does not say: the margin is then not known, and nothing is made up. */
export function toOrderPreview(
  order: ParsedOrder,
  quote: MarketData | null,
  facts: AccountFacts,
  whatIf: WhatIf | null,
): OrderPreview {
  const reference = referencePrice(order, quote);
  return {
    referencePrice: reference === null ? null : price(reference),
    notional: reference === null ? null : money(multiply(order.quantity, reference, "half_even")),
    estimatedFees:
      whatIf?.commission === undefined || whatIf.commission === null ? null : money(max(0n, whatIf.commission)),
    margin: whatIf === null ? null : marginOf(whatIf, facts),
    buyingPowerAfter: whatIf === null ? null : money(buyingPowerAfter(whatIf.initialMarginChange, facts)),
    quotedAt: reference === null ? null : (quote?.timestamp ?? null),
  };
}

/** What the order needs more than is held already; an order that closes needs nothing. */
function marginOf({ initialMarginChange, maintenanceMarginChange }: WhatIf, facts: AccountFacts): MarginInfo {
  const required = max(0n, initialMarginChange);
  return {
    required: money(required),
    available: money(facts.availableFunds),
    canExecute: required <= facts.availableFunds,
    maintenance: money(max(0n, maintenanceMarginChange ?? initialMarginChange)),
  };
}

/** Buying power is the available funds, times what the account may borrow on them. */
function buyingPowerAfter(change: Fixed, { buyingPower, availableFunds }: AccountFacts): Fixed {
  if (availableFunds <= 0n) return 0n;
  return multiply(buyingPower, divide(availableFunds - change, availableFunds, "half_even"), "half_even");
}
