import { parseFixed } from "@trenddojo/brokers/domain";
import type { RiskPolicyView } from "@trenddojo/server/wire";
import { formatDecimal, PERCENT, QUANTITY } from "../../../lib/decimalText.ts";
import { LIMIT_FIELDS } from "./limitsForm.ts";
import type { LimitName } from "./limitsForm.ts";

const FORMATS = {
  money: { currency: "USD", maxDecimals: 2 },
  shares: QUANTITY,
  percent: PERCENT,
  count: QUANTITY,
} as const;
const UNITS = { money: "", shares: " shares", percent: "", count: " a minute" } as const;

/** "Largest order value" */
export function limitName(name: LimitName): string {
  return fieldOf(name).label.replace(/ \(.*\)$/, "");
}

/** A limit's value as it is read: "$25,000", "10.00%", "60 a minute". */
export function limitValue(name: LimitName, value: string | number): string {
  const { kind } = fieldOf(name);
  return `${formatDecimal(String(value), FORMATS[kind])}${UNITS[kind]}`;
}

/** What holds now where it is not what was set, and how far it may be set for good. */
export function limitNote(name: LimitName, { base, effective, defaults }: RiskPolicyView): string {
  const raised = isMore(effective[name], base[name]) ? `Raised for now to ${limitValue(name, effective[name])}. ` : "";
  const most = isMore(base[name], defaults[name]) ? base[name] : defaults[name];
  return `${raised}At most ${limitValue(name, most)} without a time limit.`;
}

/** Whether a limit is above another, exactly. */
export function isMore(one: string | number, other: string | number): boolean {
  return parseFixed(one) > parseFixed(other);
}

function fieldOf(name: LimitName) {
  const field = LIMIT_FIELDS.find((candidate) => candidate.name === name);
  if (field === undefined) throw new Error(`no limit ${name}`);
  return field;
}
