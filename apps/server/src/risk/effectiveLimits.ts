import { money, parseFixed, quantity } from "@trenddojo/brokers/domain";
import { DEFAULT_RISK_LIMITS, type RiskLimits, type SymbolLimits } from "@trenddojo/brokers/rules";
import type { LimitRaiseRow, RiskLimitsRow, SymbolLimitRow } from "@trenddojo/db";
import { RAISABLE_LIMITS } from "../wire/risk.ts";

export type RaisableLimit = (typeof RAISABLE_LIMITS)[number];
export type Raise = Pick<LimitRaiseRow, "field" | "raisedTo">;

/** The limits that a person set, or the defaults of the rules. */
export function baseLimits(row: RiskLimitsRow | null): RiskLimits {
  if (row === null) return DEFAULT_RISK_LIMITS;
  const { maxOrderValue, maxOrderQuantity, maxPositionFraction, maxExposureFraction, maxDailyLossFraction } = row;
  return {
    ...DEFAULT_RISK_LIMITS,
    maxOrderValue,
    maxOrderQuantity,
    maxPositionFraction,
    maxExposureFraction,
    maxDailyLossFraction,
    priceCollarFraction: row.priceCollarFraction,
    maxOrdersPerMinute: row.maxOrdersPerMinute,
  };
}

/** With the raises that last. Of two of one limit the higher counts, and a base that was set higher since stays. */
export function effectiveLimits(base: RiskLimits, raises: readonly Raise[]): RiskLimits {
  return raises.reduce<RiskLimits>(raised, base);
}

export function isRaisable(field: string): field is RaisableLimit {
  return RAISABLE_LIMITS.some((each) => each === field);
}

/** Whether `value` lets more through than the limits do. */
export function isAbove(limits: RiskLimits, field: RaisableLimit, value: string): boolean {
  return parseFixed(value) > parseFixed(limits[field]);
}

function raised(limits: RiskLimits, { field, raisedTo }: Raise): RiskLimits {
  if (!isRaisable(field) || !isAbove(limits, field, raisedTo)) return limits;
  switch (field) {
    case "maxOrderValue":
      return { ...limits, maxOrderValue: money(raisedTo) };
    case "maxOrderQuantity":
      return { ...limits, maxOrderQuantity: quantity(raisedTo) };
    case "maxPositionFraction":
    case "maxExposureFraction":
    case "maxDailyLossFraction":
    case "priceCollarFraction":
    case "maxOrdersPerMinute":
      return { ...limits, [field]: Number(raisedTo) };
  }
}

/** As the rules look for them. */
export function limitsBySymbol(rows: readonly SymbolLimitRow[]): ReadonlyMap<string, SymbolLimits> {
  return new Map(
    rows.map(({ symbol, isBlocked, maxOrderValue, maxOrderQuantity, maxPositionFraction }) => [
      symbol,
      { isBlocked, maxOrderValue, maxOrderQuantity, maxPositionFraction },
    ]),
  );
}
