import { divide, formatFixed, multiply, ONE, parseFixed, roundTo, tryParseFixed } from "@trenddojo/brokers/domain";
import type { DecimalString, OrderSide, Trail } from "@trenddojo/brokers/domain";
import { numberProblems } from "./draftNumber.ts";

/** How far a trailing stop stays behind, as it is typed: dollars a share, or percent. */
export type TrailDraft = Trail<string>;

const HUNDRED = 100n * ONE;

export function trailProblems({ by, value }: TrailDraft): readonly string[] {
  const problems = numberProblems(
    value,
    by === "percent" ? "a distance in percent, such as 1.5" : "dollars, such as 2.50",
  );
  if (problems.length > 0 || by === "amount") return problems;
  return parseFixed(value) < HUNDRED ? [] : ["It must be below 100 %."];
}

/**
 * About where the stop would begin, to the cent: the trail behind `reference`. Undefined while a number is missing or
 * where there would be no stop.
 */
export function trailStart(trail: TrailDraft, side: OrderSide, reference: string | null): DecimalString | undefined {
  const from = tryParseFixed(reference);
  if (from === undefined || trailProblems(trail).length > 0) return undefined;
  const value = parseFixed(trail.value);
  const distance = trail.by === "percent" ? divide(multiply(from, value, "half_even"), HUNDRED, "half_even") : value;
  const stop = roundTo(side === "sell" ? from - distance : from + distance, 2, "half_even");
  return stop > 0n ? formatFixed(stop) : undefined;
}
