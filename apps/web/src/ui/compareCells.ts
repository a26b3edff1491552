import { tryParseFixed } from "@trenddojo/brokers/domain";

export type SortCell = string | number | null;

/** Numbers and decimal strings by value, other text by the alphabet, unknown values first. */
export function compareCells(a: SortCell, b: SortCell): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? -1 : 1;
  if (typeof a === "number" && typeof b === "number") return a - b;
  const fixedA = tryParseFixed(a);
  const fixedB = tryParseFixed(b);
  if (fixedA !== undefined && fixedB !== undefined) return fixedA === fixedB ? 0 : fixedA < fixedB ? -1 : 1;
  return String(a).localeCompare(String(b));
}
