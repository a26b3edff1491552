import { formatFixed, parseFixed, roundToStep, tryParseFixed } from "@trenddojo/brokers/domain";
import type { DecimalString } from "@trenddojo/brokers/domain";

interface Separators {
  readonly group: string;
  readonly decimal: string;
}

/** The separators that a locale writes numbers with. */
export function separatorsOf(locale?: string): Separators {
  const parts = new Intl.NumberFormat(locale, { minimumFractionDigits: 1 }).formatToParts(11_111.1);
  const find = (type: string) => parts.find((part) => part.type === type)?.value;
  return { group: find("group") ?? ",", decimal: find("decimal") ?? "." };
}

/**
 * Reads what a person typed as an exact canonical decimal, in the locale's own writing: `1,234.56` or `1.234,56`.
 * A separator counts as grouping only where every group after it has three digits, so `187.50` typed in a locale that
 * groups by dots is 187.5 and never 18,750. Undefined for everything else.
 */
export function parseDecimalInput(text: string, separators: Separators): DecimalString | undefined {
  const bare = text
    .trim()
    .replace(/[\s\u00a0\u202f'’]/g, "")
    .replace(/^\u2212/, "-");
  const { group, decimal } = separators;
  const [whole = "", fraction, ...rest] = bare.split(decimal);
  if (rest.length > 0) return undefined;
  const groups = whole.replace(/^-/, "").split(group);
  const isGrouped =
    groups.length > 1 && /^\d{1,3}$/.test(groups[0] ?? "") && groups.slice(1).every((part) => /^\d{3}$/.test(part));
  if (groups.length > 1 && !isGrouped) return fraction === undefined ? canonical(bare.replace(group, ".")) : undefined;
  const digits = `${whole.startsWith("-") ? "-" : ""}${groups.join("")}`;
  return canonical(fraction === undefined || fraction === "" ? digits : `${digits === "" ? "0" : digits}.${fraction}`);
}

/** The decimal as a field shows it: the locale's decimal separator, no grouping. */
export function showDecimal(value: string, { decimal }: Separators): string {
  return value.replace(".", decimal);
}

/** `value` moved by `steps` of `step`, onto the grid of `step` and never below zero. An unreadable value starts at zero. */
export function stepDecimal(value: string, step: string, steps: number): DecimalString {
  const size = parseFixed(step);
  const start = roundToStep(tryParseFixed(value) ?? 0n, size, steps > 0 ? "floor" : "ceil");
  const moved = start + size * BigInt(steps);
  return formatFixed(moved < 0n ? 0n : moved);
}

function canonical(text: string): DecimalString | undefined {
  const fixed = tryParseFixed(text);
  return fixed === undefined ? undefined : formatFixed(fixed);
}
