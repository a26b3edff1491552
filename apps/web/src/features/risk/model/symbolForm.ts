import { tryParseFixed } from "@trenddojo/brokers/domain";
import type { RiskPolicyView } from "@trenddojo/server/wire";
import { limitValue } from "./limitText.ts";
import { toFraction, toPercent } from "./limitsForm.ts";

export type SymbolLimit = RiskPolicyView["symbols"][number];

/** A symbol's limits as they are edited: empty where it has none of its own, the position in per cent. */
export interface SymbolDraft {
  readonly symbol: string;
  readonly isBlocked: boolean;
  readonly maxOrderValue: string;
  readonly maxOrderQuantity: string;
  readonly maxPositionFraction: string;
}

const NUMBERS = ["maxOrderValue", "maxOrderQuantity", "maxPositionFraction"] as const;

export function toSymbolDraft(limit: SymbolLimit | undefined): SymbolDraft {
  return {
    symbol: limit?.symbol ?? "",
    isBlocked: limit?.isBlocked ?? false,
    maxOrderValue: limit?.maxOrderValue ?? "",
    maxOrderQuantity: limit?.maxOrderQuantity ?? "",
    maxPositionFraction:
      limit?.maxPositionFraction === undefined || limit.maxPositionFraction === null
        ? ""
        : toPercent(limit.maxPositionFraction),
  };
}

/** What is wrong with a draft, by field. */
export function symbolProblems(draft: SymbolDraft): Partial<Record<keyof SymbolDraft, string>> {
  const problems: Partial<Record<keyof SymbolDraft, string>> = {};
  if (!/^[A-Z][A-Z0-9.-]{0,14}$/.test(draft.symbol)) problems.symbol = "Enter a symbol, such as AAPL.";
  for (const name of NUMBERS) {
    const isNone = draft[name] === "";
    if (!isNone && (tryParseFixed(draft[name]) ?? 0n) <= 0n) problems[name] = "Enter a number above zero, or nothing.";
  }
  if (!draft.isBlocked && NUMBERS.every((name) => draft[name] === ""))
    problems.maxOrderValue = "Enter at least one limit, or block the symbol.";
  return problems;
}

/** The limits as the desk takes them; ask for its problems first. */
export function toSymbolLimit(draft: SymbolDraft): SymbolLimit {
  const orNone = (text: string) => (text === "" ? null : text);
  return {
    symbol: draft.symbol,
    isBlocked: draft.isBlocked,
    maxOrderValue: orNone(draft.maxOrderValue),
    maxOrderQuantity: orNone(draft.maxOrderQuantity),
    maxPositionFraction: draft.maxPositionFraction === "" ? null : Number(toFraction(draft.maxPositionFraction)),
  };
}

/** "an order at most $5,000, a position at most 5.00% of equity" */
export function symbolSentence(limit: SymbolLimit): string {
  const parts = [
    ...(limit.maxOrderValue === null ? [] : [`an order at most ${limitValue("maxOrderValue", limit.maxOrderValue)}`]),
    ...(limit.maxOrderQuantity === null
      ? []
      : [`an order at most ${limitValue("maxOrderQuantity", limit.maxOrderQuantity)}`]),
    ...(limit.maxPositionFraction === null
      ? []
      : [`a position at most ${limitValue("maxPositionFraction", limit.maxPositionFraction)} of equity`]),
  ];
  return [...(limit.isBlocked ? ["only orders that make the position smaller"] : []), ...parts].join(", ");
}
