import type { OrderIssue } from "../domain/validation.ts";
import { exposureBySymbol, openingQuantity } from "./exposure.ts";
import { referencePrice } from "./referencePrice.ts";
import type { RiskContext, RiskInput } from "./RiskInput.ts";
import { RISK_RULES } from "./riskRules.ts";

/**
 * Every risk rule, evaluated: no rule hides another. Empty when the order may go. Pure: the same input gives the same
 * answer, here, on the server and in the browser. Orders that only reduce a position pass the rules on position,
 * exposure, daily loss and buying power.
 */
export function evaluateRisk(input: RiskInput): readonly OrderIssue[] {
  const exposures = exposureBySymbol(input.positions, input.openOrders);
  const opening = openingQuantity(exposures.get(input.order.symbol), input.order);
  const context: RiskContext = {
    ...input,
    exposures,
    reference: referencePrice(input.order, input.quote),
    opening,
    isReducing: opening === 0n,
  };
  return RISK_RULES.flatMap((rule) => rule(context) ?? []);
}
