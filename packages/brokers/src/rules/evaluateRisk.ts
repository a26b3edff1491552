import { divide, type Fixed } from "../domain/decimal.ts";
import type { OrderIssue } from "../domain/validation.ts";
import { exposureBySymbol, openingQuantity } from "./exposure.ts";
import type { ParsedOrder } from "./ParsedOrder.ts";
import { referencePrice } from "./referencePrice.ts";
import type { RiskContext, RiskInput } from "./RiskInput.ts";
import { RISK_RULES } from "./riskRules.ts";

/**
 * Every risk rule, evaluated, the account's and then the symbol's: no rule hides another. Empty when the order may go. Pure: the same input gives the same
 * answer, here, on the server and in the browser. Orders that only reduce a position pass the rules on position,
 * exposure, daily loss and buying power, and market orders that wind down those on one order and on the pace. A linked order is judged by its entry, since its exits close what that opens, and
 * an order for an amount of money by the shares that it makes at the reference price.
 */
export function evaluateRisk(input: RiskInput): readonly OrderIssue[] {
  const exposures = exposureBySymbol(input.positions, input.openOrders);
  const reference = referencePrice(input.order, input.quote);
  const order = withShares(input.order, reference);
  const opening = openingQuantity(exposures.get(order.symbol), order);
  const context: RiskContext = {
    ...input,
    order,
    symbolLimits: input.symbols?.get(order.symbol) ?? null,
    exposures,
    reference,
    opening,
    isReducing: opening === 0n,
    isWindingDown: opening === 0n && order.type === "market" && input.tradingState === "REDUCING",
  };
  return RISK_RULES.flatMap((rule) => rule(context) ?? []);
}

/** Without a price nothing is known of its shares, and `fresh_quote` speaks. */
function withShares(order: ParsedOrder, reference: Fixed | null): ParsedOrder {
  if (order.notional === undefined || reference === null) return order;
  return { ...order, quantity: divide(order.notional, reference, "down") };
}
