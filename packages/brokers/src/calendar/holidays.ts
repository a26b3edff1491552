import { civilDate, dayNumber, MONDAY, nthWeekday, SATURDAY, SUNDAY, THURSDAY, weekday } from "./civilDate.ts";

/** NYSE and Nasdaq close for Juneteenth from 2022 on. */
const FIRST_JUNETEENTH = 2022;

/**
 * The holiday for which NYSE and Nasdaq are closed all day, by the rules, or undefined. A holiday on a Sunday is kept on Monday,
 * on a Saturday the Friday before; but New Year's Day on a Saturday is not kept at all, because that Friday ends the year
 * (NYSE Rule 7.2). Lists: https://www.nyse.com/markets/hours-calendars
 */
export function scheduledHoliday(day: number): string | undefined {
  const { year, month } = civilDate(day);
  switch (month) {
    case 1:
      if (isKeptOn(day, dayNumber(year, 1, 1))) return "New Year's Day";
      return day === nthWeekday(year, 1, MONDAY, 3) ? "Martin Luther King, Jr. Day" : undefined;
    case 2:
      return day === nthWeekday(year, 2, MONDAY, 3) ? "Washington's Birthday" : undefined;
    case 3:
    case 4:
      return day === easterSunday(year) - 2 ? "Good Friday" : undefined;
    case 5:
      return day === nthWeekday(year, 6, MONDAY, 1) - 7 ? "Memorial Day" : undefined;
    case 6:
      return year >= FIRST_JUNETEENTH && isKeptOn(day, dayNumber(year, 6, 19)) ? "Juneteenth" : undefined;
    case 7:
      return isKeptOn(day, dayNumber(year, 7, 4)) ? "Independence Day" : undefined;
    case 9:
      return day === nthWeekday(year, 9, MONDAY, 1) ? "Labor Day" : undefined;
    case 11:
      return day === nthWeekday(year, 11, THURSDAY, 4) ? "Thanksgiving Day" : undefined;
    case 12:
      return isKeptOn(day, dayNumber(year, 12, 25)) ? "Christmas Day" : undefined;
    default:
      return undefined;
  }
}

/**
 * Whether the regular session ends at 13:00: 3 July and 24 December where they are trading days, and the day after
 * Thanksgiving. Asked only about days on which the exchanges open.
 */
export function closesEarly(day: number): boolean {
  const { year, month, day: dayOfMonth } = civilDate(day);
  if (month === 7) return dayOfMonth === 3;
  if (month === 11) return day === nthWeekday(year, 11, THURSDAY, 4) + 1;
  return month === 12 && dayOfMonth === 24;
}

/** A Saturday New Year would be kept in December, where only Christmas is asked for: so it is not kept. */
function isKeptOn(day: number, holiday: number): boolean {
  switch (weekday(holiday)) {
    case SATURDAY:
      return day === holiday - 1;
    case SUNDAY:
      return day === holiday + 1;
    default:
      return day === holiday;
  }
}

/** Gregorian Easter, as a day number. The anonymous algorithm, https://en.wikipedia.org/wiki/Date_of_Easter#Anonymous_Gregorian_algorithm */
function easterSunday(year: number): number {
  const goldenNumber = year % 19;
  const century = Math.floor(year / 100);
  const yearOfCentury = year % 100;
  const epactBase = century - Math.floor(century / 4) - Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3);
  const moon = (19 * goldenNumber + epactBase + 15) % 30;
  const sunday = (32 + 2 * (century % 4) + 2 * Math.floor(yearOfCentury / 4) - moon - (yearOfCentury % 4)) % 7;
  const correction = Math.floor((goldenNumber + 11 * moon + 22 * sunday) / 451);
  const monthAndDay = moon + sunday - 7 * correction + 114;
  return dayNumber(year, Math.floor(monthAndDay / 31), (monthAndDay % 31) + 1);
}
