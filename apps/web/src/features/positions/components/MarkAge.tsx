import { Clock } from "lucide-react";
import type { Portfolio } from "@trenddojo/server/wire";
import { NO_VALUE } from "../../../lib/decimalText.ts";
import { isStale } from "../../../lib/staleness.ts";
import { formatAge } from "../../../lib/timeText.ts";
import { useWallNow } from "../../../lib/useNow.ts";
import { markAgeMs } from "../model/markAge.ts";

interface MarkAgeProps {
  readonly markedAt: string | null;
  readonly portfolio: Portfolio;
}

/** The age of a mark, stepping by the second; a stale one is called so. */
export function MarkAge({ markedAt, portfolio }: MarkAgeProps) {
  const ageMs = markAgeMs(markedAt, portfolio, useWallNow());
  if (ageMs === null) return <span className="num">{NO_VALUE}</span>;
  if (!isStale(ageMs)) return <span className="num whitespace-nowrap">{formatAge(ageMs)}</span>;
  return (
    <span className="num inline-flex items-center gap-1 whitespace-nowrap text-warn">
      <Clock aria-hidden size={12} />
      <span>Stale {formatAge(ageMs)}</span>
    </span>
  );
}
