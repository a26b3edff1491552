import { CalendarRangeError, FIRST_CALENDAR_YEAR, LAST_CALENDAR_YEAR } from "./CalendarRangeError.ts";
import { civilDate, DAY_MS, dayNumber, formatDate, nthWeekday, parseDate, SUNDAY } from "./civilDate.ts";

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
/** Eastern Standard Time is UTC-5; daylight time is an hour ahead of it. */
const STANDARD_OFFSET_MS = -5 * HOUR_MS;

const FIRST_DAY = dayNumber(FIRST_CALENDAR_YEAR, 1, 1);
const LAST_DAY = dayNumber(LAST_CALENDAR_YEAR, 12, 31);

/**
 * What to add to UTC to get New York's wall clock, in milliseconds. Daylight time runs from the second Sunday of
 * March to the first Sunday of November, both at 02:00 (Energy Policy Act of 2005, 15 U.S.C. 260a,
 * https://www.law.cornell.edu/uscode/text/15/260a). By rule and not through Intl, which costs microseconds a call.
 */
function newYorkOffsetMs(epochMs: number): number {
  const { year } = civilDate(Math.floor((epochMs + STANDARD_OFFSET_MS) / DAY_MS));
  const begins = nthWeekday(year, 3, SUNDAY, 2) * DAY_MS + 2 * HOUR_MS - STANDARD_OFFSET_MS;
  const ends = nthWeekday(year, 11, SUNDAY, 1) * DAY_MS + HOUR_MS - STANDARD_OFFSET_MS;
  return epochMs >= begins && epochMs < ends ? STANDARD_OFFSET_MS + HOUR_MS : STANDARD_OFFSET_MS;
}

/** New York's calendar day of an instant, as days since 1970-01-01. @throws CalendarRangeError outside the calendar. */
export function newYorkDay(epochMs: number): number {
  const day = Math.floor((epochMs + newYorkOffsetMs(epochMs)) / DAY_MS);
  // Written so that NaN is refused too.
  if (!(day >= FIRST_DAY && day <= LAST_DAY)) throw new CalendarRangeError(epochMs);
  return day;
}

/**
 * The instant at which New York's clocks show `minute` (since midnight) on that day. Where daylight time skips
 * the minute, the instant it would have been under standard time; where it comes twice, the first.
 */
export function newYorkInstant(day: number, minute: number): number {
  const wallMs = day * DAY_MS + minute * MINUTE_MS;
  const asDaylight = wallMs - STANDARD_OFFSET_MS - HOUR_MS;
  return wallMs - newYorkOffsetMs(asDaylight);
}

/** The day number of a date. @throws CalendarRangeError for what is not a date, or outside the calendar. */
export function calendarDay(date: string): number {
  const day = parseDate(date);
  if (day < FIRST_DAY || day > LAST_DAY) throw new CalendarRangeError(date);
  return day;
}

/** The first day of the calendar and the last, as days since 1970-01-01. */
export function calendarBounds(): { readonly firstDay: number; readonly lastDay: number } {
  return { firstDay: FIRST_DAY, lastDay: LAST_DAY };
}

/** New York's date of an instant, YYYY-MM-DD. @throws CalendarRangeError outside the calendar. */
export function nyDate(epochMs: number): string {
  return formatDate(newYorkDay(epochMs));
}

/** New York's date and time of an instant, "2026-11-22 10:00"; seconds are cut off. @throws CalendarRangeError */
export function newYorkTimeText(epochMs: number): string {
  const minutes = Math.floor((epochMs + newYorkOffsetMs(epochMs)) / MINUTE_MS) % (DAY_MS / MINUTE_MS);
  const pad = (value: number): string => String(value).padStart(2, "0");
  return `${nyDate(epochMs)} ${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
}

/** Midnight in New York, when the date begins, as epoch milliseconds. @throws CalendarRangeError */
export function nyMidnight(date: string): number {
  return newYorkInstant(calendarDay(date), 0);
}
