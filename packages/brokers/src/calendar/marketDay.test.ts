import { describe, expect, it } from "vitest";
import { CalendarRangeError } from "./CalendarRangeError.ts";
import { dayNumber, formatDate, weekday } from "./civilDate.ts";
import { PUBLISHED_CLOSINGS, PUBLISHED_EARLY_CLOSES } from "./exchangeLists.fixture.ts";
import { marketDay } from "./marketDay.ts";

const datesOf = (year: number): string[] => {
  const first = dayNumber(year, 1, 1);
  return Array.from({ length: dayNumber(year + 1, 1, 1) - first }, (_, index) => formatDate(first + index));
};
const isWeekday = (date: string): boolean => ![0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay());
const clock = (epochMs: number | undefined): string =>
  new Intl.DateTimeFormat("en-GB", { timeZone: "America/New_York", timeStyle: "short" }).format(epochMs);

describe("marketDay", () => {
  it.each(Object.entries(PUBLISHED_CLOSINGS))(
    "[CA3] %s: closed on the weekdays that the exchanges published, and no other",
    (year, expected) => {
      const closed = datesOf(Number(year)).filter((date) => isWeekday(date) && marketDay(date).sessions === null);
      expect(closed).toEqual(expected.map((day) => `${year}-${day}`));
      expect(closed.every((date) => marketDay(date).closedFor !== null)).toBe(true);
    },
  );

  it.each(Object.entries(PUBLISHED_EARLY_CLOSES))(
    "[CA4] %s: closes at 13:00 on the days that the exchanges published, and no other",
    (year, expected) => {
      const early = datesOf(Number(year)).filter((date) => marketDay(date).sessions?.earlyClose === true);
      expect(early).toEqual(expected.map((day) => `${year}-${day}`));
    },
  );

  it("[CA3] the number of trading days is the exchanges'", () => {
    const counted = [2010, 2013, 2017, 2018, 2019, 2020, 2021, 2022, 2023, 2024, 2025].map(
      (year) => datesOf(year).filter((date) => marketDay(date).sessions !== null).length,
    );
    expect(counted).toEqual([252, 252, 251, 251, 252, 253, 252, 251, 250, 252, 250]);
  });

  it.each([
    ["2010-12-24", null, "Christmas Day"],
    ["2010-12-31", "16:00", null],
    ["2018-12-05", null, "National day of mourning for President George H. W. Bush"],
    ["2021-06-18", "16:00", null],
    ["2021-12-24", null, "Christmas Day"],
    ["2021-12-31", "16:00", null],
    ["2022-06-20", null, "Juneteenth"],
    ["2026-07-02", "16:00", null],
    ["2026-11-27", "13:00", null],
    ["2026-12-24", "13:00", null],
    ["2027-07-05", null, "Independence Day"],
    ["2027-12-24", null, "Christmas Day"],
    ["2027-12-31", "16:00", null],
    ["2026-11-22", null, null],
  ])("[CA3] [CA4] %s closes at %s, closed for %s", (date, closesAt, closedFor) => {
    const day = marketDay(date);
    expect(day.sessions === null ? null : clock(day.sessions.closesAt)).toBe(closesAt);
    expect(day.closedFor).toBe(closedFor);
  });

  it.each([
    ["2026-03-06", ["04:00", "09:30", "16:00", "20:00"]],
    ["2026-03-09", ["04:00", "09:30", "16:00", "20:00"]],
    ["2026-11-02", ["04:00", "09:30", "16:00", "20:00"]],
    ["2026-11-27", ["04:00", "09:30", "13:00", "17:00"]],
  ])("[CA2] %s: sessions by New York's clocks, around the changes to and from daylight time", (date, expected) => {
    const times = marketDay(date).sessions;
    expect([times?.preOpensAt, times?.opensAt, times?.closesAt, times?.postClosesAt].map(clock)).toEqual(expected);
  });

  it("[CA1] refuses what is not a date of 2010 to 2035, with a code", () => {
    for (const date of ["2009-12-31", "2036-01-01", "2026-02-29", "2026-1-1", "", "2026-13-01", "today"]) {
      expect(() => marketDay(date)).toThrow(CalendarRangeError);
      expect(() => marketDay(date)).toThrow(expect.objectContaining({ code: "CALENDAR_OUT_OF_RANGE" }));
    }
    expect(marketDay("2010-01-04").sessions).not.toBeNull();
    expect(marketDay("2035-12-31").sessions).not.toBeNull();
  });

  it("[CA2] weekdays agree with the platform's", () => {
    for (const date of datesOf(2028)) {
      const utc = new Date(`${date}T00:00:00Z`);
      expect(weekday(utc.getTime() / 86_400_000)).toBe(utc.getUTCDay());
    }
  });
});
