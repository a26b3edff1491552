import type { MarketHours } from "../domain/marketData.ts";
import { newYorkDay } from "./newYorkTime.ts";
import { sessionAt } from "./sessionAt.ts";

/**
 * What a screen shows about the market at an instant. With `alwaysOpen` it is open whatever the calendar says, and
 * the session is still the one that the real market would be in.
 * @throws CalendarRangeError outside 2010 to 2035.
 */
export function marketHours(market: string, at: number, options: { readonly alwaysOpen?: boolean } = {}): MarketHours {
  const { session, isOpen, nextOpenAt, nextCloseAt, dayEndsAt, earlyClose: isShortDay } = sessionAt(at);
  const alwaysOpen = options.alwaysOpen ?? false;
  const earlyClose = isShortDay && newYorkDay(dayEndsAt) === newYorkDay(at);
  return { market, at, isOpen: isOpen || alwaysOpen, session, alwaysOpen, nextOpenAt, nextCloseAt, earlyClose };
}
