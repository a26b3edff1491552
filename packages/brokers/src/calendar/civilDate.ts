import { CalendarRangeError } from "./CalendarRangeError.ts";

/** A date of the proleptic Gregorian calendar. `month` and `day` count from 1. */
export interface CivilDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

export const DAY_MS = 86_400_000;

/** Days of the week as `weekday` numbers them. */
export const SUNDAY = 0;
export const MONDAY = 1;
export const THURSDAY = 4;
export const SATURDAY = 6;

const DATE_TEXT = /^(\d{4})-(\d{2})-(\d{2})$/;

/**
 * Days since 1970-01-01. A month or day outside its range counts on into the next, as in `Date.UTC`.
 * Howard Hinnant, https://howardhinnant.github.io/date_algorithms.html#days_from_civil
 */
export function dayNumber(year: number, month: number, day: number): number {
  const marchYear = month <= 2 ? year - 1 : year;
  const era = Math.floor(marchYear / 400);
  const yearOfEra = marchYear - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** The inverse of `dayNumber`. */
export function civilDate(daysSinceEpoch: number): CivilDate {
  const shifted = daysSinceEpoch + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  const day = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day };
}

/** 0 is Sunday, 6 is Saturday. */
export function weekday(daysSinceEpoch: number): number {
  return (((daysSinceEpoch + THURSDAY) % 7) + 7) % 7;
}

/** The `nth` given weekday of a month, as a day number; the third Monday is `nthWeekday(year, month, MONDAY, 3)`. */
export function nthWeekday(year: number, month: number, dayOfWeek: number, nth: number): number {
  const first = dayNumber(year, month, 1);
  return first + ((dayOfWeek - weekday(first) + 7) % 7) + (nth - 1) * 7;
}

/** YYYY-MM-DD. */
export function formatDate(daysSinceEpoch: number): string {
  const { year, month, day } = civilDate(daysSinceEpoch);
  return `${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
}

/** Reads YYYY-MM-DD as a day number. @throws CalendarRangeError for what is not a real date. */
export function parseDate(text: string): number {
  const match = DATE_TEXT.exec(text);
  if (match === null) throw new CalendarRangeError(text);
  const parsed = dayNumber(Number(match[1]), Number(match[2]), Number(match[3]));
  if (formatDate(parsed) !== text) throw new CalendarRangeError(text);
  return parsed;
}
