import { newYorkDay, newYorkInstant } from "./newYorkTime.ts";
import { sessionAt, type ExchangeSession } from "./sessionAt.ts";

const OVERNIGHT_BEGINS = 20 * 60;

/**
 * As `sessionAt`, for a broker that trades through the night: from 20:00 on the evening before each trading day to its
 * pre-market at 04:00, New York. There is none before a holiday or a Saturday; on the evening of a holiday there is one
 * where the next day trades, and a short day takes nothing from it. `isOpen` stays false: only orders for extended hours
 * trade. Hours: https://docs.alpaca.markets/docs/245-trading
 * @throws CalendarRangeError
 */
export function sessionWithOvernight(epochMs: number): ExchangeSession {
  const known = sessionAt(epochMs);
  if (known.session !== "closed" || known.nextOpenAt === null) return known;
  const beginsAt = newYorkInstant(newYorkDay(known.sessionEndsAt) - 1, OVERNIGHT_BEGINS);
  return epochMs < beginsAt ? { ...known, sessionEndsAt: beginsAt } : { ...known, session: "overnight" };
}
