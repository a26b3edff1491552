import type { Portfolio } from "@trenddojo/server/wire";
import { toEpochMs } from "../../../lib/timeText.ts";

/**
 * How old a position's mark is, in milliseconds: what it was on the broker's own clock when the portfolio was made (a
 * replay's clock is years behind ours), and the time since we heard it. Null without a mark.
 */
export function markAgeMs(markedAt: string | null, portfolio: Portfolio, now: number): number | null {
  if (markedAt === null) return null;
  const ageThen = toEpochMs(portfolio.balances.asOf) - toEpochMs(markedAt);
  return Math.max(0, ageThen) + Math.max(0, now - toEpochMs(portfolio.receivedAt));
}
