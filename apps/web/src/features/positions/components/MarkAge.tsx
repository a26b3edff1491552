import type { Portfolio } from "@trenddojo/server/wire";
import { NO_VALUE } from "../../../lib/decimalText.ts";
import { formatAge } from "../../../lib/timeText.ts";
import { useWallNow } from "../../../lib/useNow.ts";
import { markAgeMs } from "../model/markAge.ts";

interface MarkAgeProps {
  readonly markedAt: string | null;
  readonly portfolio: Portfolio;
}

/** The age of a mark, stepping by the second. */
export function MarkAge({ markedAt, portfolio }: MarkAgeProps) {
  const ageMs = markAgeMs(markedAt, portfolio, useWallNow());
  return <span className="num">{ageMs === null ? NO_VALUE : formatAge(ageMs)}</span>;
}
