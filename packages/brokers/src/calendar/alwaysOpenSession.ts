import { newYorkDay, newYorkInstant } from "./newYorkTime.ts";
import { type ExchangeSession, sessionAt } from "./sessionAt.ts";

/**
 * A market that never closes, for invented prices that tick at all hours: open on weekends and holidays too, with
 * the session that the real market would be in. A market day still ends, at midnight in New York, so that DAY
 * orders expire and the day's figures begin anew.
 * @throws CalendarRangeError outside 2010 to 2035.
 */
export function alwaysOpenSession(epochMs: number): ExchangeSession {
  const { session, sessionEndsAt } = sessionAt(epochMs);
  const dayEndsAt = newYorkInstant(newYorkDay(epochMs) + 1, 0);
  return {
    session,
    sessionEndsAt: Math.min(sessionEndsAt, dayEndsAt),
    isOpen: true,
    nextOpenAt: null,
    nextCloseAt: null,
    dayEndsAt,
    earlyClose: false,
  };
}
