import { tryParseFixed } from "@trenddojo/brokers/domain";

/** Why a text is no number above zero: one sentence for the person who typed it, or none. */
export function numberProblems(text: string, wanted: string): readonly string[] {
  if (text === "") return [`Enter ${wanted}.`];
  const value = tryParseFixed(text);
  if (value === undefined) return [`“${text}” is not a number with at most 9 decimals. Enter ${wanted}.`];
  return value > 0n ? [] : ["It must be above zero."];
}
