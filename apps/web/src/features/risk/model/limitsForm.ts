import { divide, formatFixed, multiply, parseFixed, tryParseFixed } from "@trenddojo/brokers/domain";
import type { RiskLimitsView } from "@trenddojo/server/wire";
import { formatDecimal, QUANTITY } from "../../../lib/decimalText.ts";

export type LimitName = keyof RiskLimitsView;

interface LimitField {
  readonly name: LimitName;
  readonly label: string;
  readonly help: string;
  /** `percent` fields are fractions on the wire. */
  readonly kind: "money" | "shares" | "percent" | "count";
  readonly step: string;
}

export const LIMIT_FIELDS: readonly LimitField[] = [
  {
    name: "maxOrderValue",
    label: "Largest order value ($)",
    help: "One order may be worth this much",
    kind: "money",
    step: "1000",
  },
  {
    name: "maxOrderQuantity",
    label: "Largest order quantity",
    help: "Shares in one order",
    kind: "shares",
    step: "100",
  },
  {
    name: "maxPositionFraction",
    label: "Largest position (% of equity)",
    help: "In one symbol, open orders counted",
    kind: "percent",
    step: "1",
  },
  {
    name: "maxExposureFraction",
    label: "Largest exposure (% of equity)",
    help: "Long and short together",
    kind: "percent",
    step: "5",
  },
  {
    name: "maxDailyLossFraction",
    label: "Largest day loss (% of equity)",
    help: "Beyond it only orders that reduce risk pass",
    kind: "percent",
    step: "0.5",
  },
  {
    name: "priceCollarFraction",
    label: "Price collar (% through the market)",
    help: "A limit price may reach this far through the market",
    kind: "percent",
    step: "1",
  },
  { name: "maxOrdersPerMinute", label: "Orders a minute", help: "More are refused", kind: "count", step: "1" },
];

export type LimitsForm = Readonly<Record<LimitName, string>>;

const SUMS = { money: { currency: "USD", maxDecimals: 2 }, shares: QUANTITY } as const;
const HUNDRED = parseFixed("100");

/** The limits as a person edits them: fractions in per cent. */
export function toForm(limits: RiskLimitsView): LimitsForm {
  return {
    maxOrderValue: limits.maxOrderValue,
    maxOrderQuantity: limits.maxOrderQuantity,
    maxPositionFraction: toPercent(limits.maxPositionFraction),
    maxExposureFraction: toPercent(limits.maxExposureFraction),
    maxDailyLossFraction: toPercent(limits.maxDailyLossFraction),
    priceCollarFraction: toPercent(limits.priceCollarFraction),
    maxOrdersPerMinute: String(limits.maxOrdersPerMinute),
  };
}

/** What a field means; a sum of money or shares also as it is read: "…: $25,000." */
export function limitHelp({ help, kind }: LimitField, text: string): string {
  const isSum = (kind === "money" || kind === "shares") && tryParseFixed(text) !== undefined;
  return `${help}${isSum ? `: ${formatDecimal(text, SUMS[kind])}` : ""}.`;
}

/** Fields that hold no number above zero, by name. */
export function limitProblems(form: LimitsForm): Partial<Record<LimitName, string>> {
  const problems: Partial<Record<LimitName, string>> = {};
  for (const { name, kind } of LIMIT_FIELDS) {
    const value = tryParseFixed(form[name]);
    if (value === undefined || value <= 0n) problems[name] = "Enter a number above zero.";
    else if (kind === "count" && !/^\d+$/.test(form[name])) problems[name] = "Enter a whole number.";
  }
  return problems;
}

/** The limits as the desk takes them; undefined while a field has a problem. */
export function toLimits(form: LimitsForm): RiskLimitsView | undefined {
  if (Object.keys(limitProblems(form)).length > 0) return undefined;
  return {
    maxOrderValue: form.maxOrderValue,
    maxOrderQuantity: form.maxOrderQuantity,
    maxPositionFraction: Number(toFraction(form.maxPositionFraction)),
    maxExposureFraction: Number(toFraction(form.maxExposureFraction)),
    maxDailyLossFraction: Number(toFraction(form.maxDailyLossFraction)),
    priceCollarFraction: Number(toFraction(form.priceCollarFraction)),
    maxOrdersPerMinute: Number(form.maxOrdersPerMinute),
  };
}

/** Through exact decimals: 0.07 is 7 %, not 7.000000000000001 %. */
export function toPercent(fraction: number): string {
  return formatFixed(multiply(parseFixed(fraction), HUNDRED, "half_even"));
}

/** The same backward: "7" is "0.07". */
export function toFraction(percent: string): string {
  return formatFixed(divide(parseFixed(percent), HUNDRED, "half_even"));
}
