import { describe, expect, it } from "vitest";
import { CalendarRangeError } from "./CalendarRangeError.ts";
import { civilDate, DAY_MS, formatDate } from "./civilDate.ts";
import { calendarBounds, newYorkDay, newYorkInstant, newYorkTimeText, nyDate, nyMidnight } from "./newYorkTime.ts";

const HOUR_MS = 3_600_000;
const intl = new Intl.DateTimeFormat("en-CA", {
  timeZone: "America/New_York",
  dateStyle: "short",
  timeStyle: "medium",
  hourCycle: "h23",
});

describe("New York time", () => {
  it("[CA2] every day of 2010 to 2035 begins when the platform's time zone data says", () => {
    const { firstDay, lastDay } = calendarBounds();
    for (let day = firstDay; day <= lastDay; day += 1) {
      expect(intl.format(newYorkInstant(day, 0))).toBe(`${formatDate(day)}, 00:00:00`);
      expect(intl.format(newYorkInstant(day, 9 * 60 + 30))).toBe(`${formatDate(day)}, 09:30:00`);
    }
  });

  it("[CA2] every hour of the days around a change of the clocks has the right date", () => {
    const { firstDay, lastDay } = calendarBounds();
    for (let day = firstDay + 1; day < lastDay; day += 1) {
      const { month, day: dayOfMonth } = civilDate(day);
      const mayChange = (month === 3 && dayOfMonth >= 8 && dayOfMonth <= 14) || (month === 11 && dayOfMonth <= 7);
      if (!mayChange) continue;
      for (let instant = day * DAY_MS; instant < (day + 1) * DAY_MS; instant += HOUR_MS) {
        expect(intl.format(instant).slice(0, 10)).toBe(nyDate(instant));
        expect(newYorkTimeText(instant)).toBe(intl.format(instant).replace(", ", " ").slice(0, 16));
        expect(intl.format(instant - 1).slice(0, 10)).toBe(nyDate(instant - 1));
      }
    }
  });

  it("[CA2] a day is 23 hours long in spring, 25 in autumn", () => {
    const hours = (date: string, next: string): number => (nyMidnight(next) - nyMidnight(date)) / HOUR_MS;
    expect(hours("2026-03-08", "2026-03-09")).toBe(23);
    expect(hours("2026-11-01", "2026-11-02")).toBe(25);
    expect(hours("2026-11-20", "2026-11-21")).toBe(24);
  });

  it("[CA2] a minute that is skipped is the one of standard time, one that comes twice the first", () => {
    const spring = newYorkDay(Date.parse("2026-03-08T12:00:00Z"));
    expect(newYorkInstant(spring, 150)).toBe(Date.parse("2026-03-08T02:30:00-05:00"));
    const autumn = newYorkDay(Date.parse("2026-11-01T12:00:00Z"));
    expect(newYorkInstant(autumn, 90)).toBe(Date.parse("2026-11-01T01:30:00-04:00"));
    expect(newYorkInstant(autumn, 120)).toBe(Date.parse("2026-11-01T02:00:00-05:00"));
  });

  it("[CA1] instants outside 2010 to 2035, and what is no instant, are refused", () => {
    const first = nyMidnight("2010-01-01");
    expect(nyDate(first)).toBe("2010-01-01");
    const beyond = nyMidnight("2035-12-31") + 24 * HOUR_MS;
    expect(nyDate(beyond - 1)).toBe("2035-12-31");
    for (const instant of [first - 1, beyond, Number.NaN, Infinity, -Infinity]) {
      expect(() => nyDate(instant)).toThrow(CalendarRangeError);
    }
  });
});
