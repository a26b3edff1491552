import type { Fixed } from "../domain/decimal.ts";
import type { OrderIssue } from "../domain/validation.ts";
import { exposureBySymbol, openingQuantity, type SymbolExposure } from "./exposure.ts";
import { referencePrice } from "./referencePrice.ts";
import type { RiskInput } from "./RiskInput.ts";
import { RISK_RULES } from "./riskRules.ts";

/** The input, and what several rules need of it. */
export interface RiskContext extends RiskInput {
  readonly exposures: ReadonlyMap<string, SymbolExposure>;
  /** See `referencePrice`; null only for a market order that no price is known for. */
  readonly reference: Fixed | null;
  /** Shares that open or enlarge a position. */
  readonly opening: Fixed;
  /** The order can only make a position smaller. */
  readonly isReducing: boolean;
}

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
