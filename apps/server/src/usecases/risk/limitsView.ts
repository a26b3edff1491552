import type { RiskLimits } from "@trenddojo/brokers/rules";
import type { RiskLimitsView } from "../../wire/risk.ts";

/** The limits that a person sets; the others are the rules' own. */
export function limitsView(limits: RiskLimits): RiskLimitsView {
  const { maxOrderValue, maxOrderQuantity, maxPositionFraction, maxExposureFraction } = limits;
  const { maxDailyLossFraction, priceCollarFraction, maxOrdersPerMinute } = limits;
  return {
    maxOrderValue,
    maxOrderQuantity,
    maxPositionFraction,
    maxExposureFraction,
    maxDailyLossFraction,
    priceCollarFraction,
    maxOrdersPerMinute,
  };
}
