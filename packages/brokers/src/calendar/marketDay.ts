import { formatDate, SATURDAY, SUNDAY, weekday } from "./civilDate.ts";
import { closesEarly, scheduledHoliday } from "./holidays.ts";
import { calendarDay, newYorkInstant } from "./newYorkTime.ts";
import { UNSCHEDULED_CLOSINGS } from "./unscheduledClosings.ts";

/** When a day's sessions begin and end, epoch milliseconds; each begins where the one before ends. */
export interface SessionTimes {
  /** 04:00 New York. */
  readonly preOpensAt: number;
  /** 09:30. */
  readonly opensAt: number;
  /** 16:00, or 13:00 where the day is short. */
  readonly closesAt: number;
  /** 20:00, or 17:00 where the day is short. */
  readonly postClosesAt: number;
  readonly earlyClose: boolean;
}

/** One calendar day of NYSE and Nasdaq. */
export interface MarketDay {
  /** New York's date, YYYY-MM-DD. */
  readonly date: string;
  /** Null on weekends, holidays and unscheduled closings. */
  readonly sessions: SessionTimes | null;
  /** Why the exchanges are closed on a weekday; null otherwise. */
  readonly closedFor: string | null;
}

const PRE_OPENS = 4 * 60;
const OPENS = 9 * 60 + 30;
const CLOSES = 16 * 60;
const POST_CLOSES = 20 * 60;
const CLOSES_EARLY = 13 * 60;
const POST_CLOSES_EARLY = 17 * 60;

/**
 * The sessions of a date, 2010 to 2035. Hours: https://www.nyse.com/markets/hours-calendars (NYSE Arca, 04:00 to
 * 20:00; its late session ends at 17:00 on short days).
 * @throws CalendarRangeError
 */
export function marketDay(date: string): MarketDay {
  const day = calendarDay(date);
  return { date, sessions: sessionTimes(day), closedFor: closedFor(day) ?? null };
}

/** The sessions of a day number within the calendar, or null where the exchanges are closed. */
export function sessionTimes(day: number): SessionTimes | null {
  if (isWeekend(day) || closedFor(day) !== undefined) return null;
  const earlyClose = closesEarly(day);
  return {
    preOpensAt: newYorkInstant(day, PRE_OPENS),
    opensAt: newYorkInstant(day, OPENS),
    closesAt: newYorkInstant(day, earlyClose ? CLOSES_EARLY : CLOSES),
    postClosesAt: newYorkInstant(day, earlyClose ? POST_CLOSES_EARLY : POST_CLOSES),
    earlyClose,
  };
}

function isWeekend(day: number): boolean {
  const dayOfWeek = weekday(day);
  return dayOfWeek === SATURDAY || dayOfWeek === SUNDAY;
}

function closedFor(day: number): string | undefined {
  if (isWeekend(day)) return undefined;
  return scheduledHoliday(day) ?? UNSCHEDULED_CLOSINGS[formatDate(day)]?.reason;
}
