import { formatFixed, tryParseFixed } from "@trenddojo/brokers/domain";
import type { RiskPolicyView } from "@trenddojo/server/wire";
import { isMore, limitValue } from "./limitText.ts";
import { LIMIT_FIELDS, toFraction } from "./limitsForm.ts";
import type { LimitName } from "./limitsForm.ts";

export interface RaiseDraft {
  readonly field: LimitName;
  /** As it is typed: fractions in per cent. */
  readonly value: string;
  readonly minutes: string;
}

const SHORTEST_MINUTES = 5;
const LONGEST_MINUTES = 1_440;

/** The value as the desk takes it; undefined for what is no number above zero. */
export function raisedTo({ field, value }: RaiseDraft): string | undefined {
  const fixed = tryParseFixed(value);
  if (fixed === undefined || fixed <= 0n) return undefined;
  const isPercent = LIMIT_FIELDS.some(({ name, kind }) => name === field && kind === "percent");
  return isPercent ? toFraction(value) : formatFixed(fixed);
}

/** What is wrong with a raise, by field, with its numbers. */
export function raiseProblems(
  draft: RaiseDraft,
  { effective }: RiskPolicyView,
): Partial<Record<"value" | "minutes", string>> {
  const wanted = raisedTo(draft);
  const minutes = /^\d+$/.test(draft.minutes) ? Number(draft.minutes) : Number.NaN;
  const holds = effective[draft.field];
  return {
    ...(wanted === undefined
      ? { value: "Enter a number above zero." }
      : isMore(wanted, holds)
        ? {}
        : { value: `Enter more than the ${limitValue(draft.field, holds)} that holds now.` }),
    ...(minutes >= SHORTEST_MINUTES && minutes <= LONGEST_MINUTES
      ? {}
      : { minutes: `Enter ${SHORTEST_MINUTES} to ${LONGEST_MINUTES.toLocaleString("en-US")} minutes.` }),
  };
}

/** The raises that last at an instant, those that end first on top. */
export function lastingRaises({ raises }: RiskPolicyView, now: number): RiskPolicyView["raises"] {
  return raises
    .filter(({ endedAt, until }) => endedAt === null && Date.parse(until) > now)
    .toSorted((a, b) => Date.parse(a.until) - Date.parse(b.until));
}
