import { expect, it } from "vitest";
import { alwaysOpenSession } from "../../calendar/alwaysOpenSession.ts";
import { nyDate } from "../../calendar/newYorkTime.ts";
import { sessionAt } from "../../calendar/sessionAt.ts";
import { startOfDate } from "../feeTables.ts";
import { SettlementCalendar, settlementDays } from "./settlement.ts";

const noonOf = (date: string): number => Date.parse(`${date}T17:00:00Z`);

it.each([
  ["2013-10-08", "2013-10-11", "a Tuesday, three days"],
  ["2013-10-10", "2013-10-15", "over a weekend; Columbus Day is a day of the exchange"],
  ["2017-09-01", "2017-09-07", "the last day of three days, over Labor Day"],
  ["2017-09-05", "2017-09-07", "the first day of two days: both settle together"],
  ["2024-05-24", "2024-05-29", "the last day of two days, over Memorial Day"],
  ["2024-05-28", "2024-05-29", "the first day of one day"],
  ["2026-07-02", "2026-07-06", "over Independence Day, kept on a Friday, and a weekend"],
  ["2026-11-25", "2026-11-27", "Thanksgiving, and a short day after it"],
])("[PX200] what is sold on %s settles on %s: %s", (traded, settles, _why) => {
  const at = noonOf(traded);
  const settlesAt = new SettlementCalendar(sessionAt).settlesAt(at, sessionAt(at).dayEndsAt);
  expect(nyDate(settlesAt)).not.toBe(settles);
  // It begins when the market day before it ends: the next session from there is the settlement day's.
  expect(nyDate(sessionAt(settlesAt).dayEndsAt)).toBe(settles);
});

it("[PX200] on a market that never closes each day is a day", () => {
  const saturday = noonOf("2026-06-06");
  const settlesAt = new SettlementCalendar(alwaysOpenSession).settlesAt(
    saturday,
    alwaysOpenSession(saturday).dayEndsAt,
  );
  expect(nyDate(settlesAt)).toBe("2026-06-07");
});

it("[PX200] a calendar that was asked about one day answers right about another", () => {
  const calendar = new SettlementCalendar(sessionAt);
  const ask = (date: string): string => {
    const at = noonOf(date);
    return nyDate(sessionAt(calendar.settlesAt(at, sessionAt(at).dayEndsAt)).dayEndsAt);
  };
  expect([ask("2013-10-08"), ask("2013-10-09"), ask("2013-10-08"), ask("2020-03-02")]).toEqual([
    "2013-10-11",
    "2013-10-14",
    "2013-10-11",
    "2020-03-04",
  ]);
});

it("[PX200] the cycle changes with the trade date", () => {
  const days = ["1990-01-02", "2017-09-04", "2017-09-05", "2024-05-27", "2024-05-28", "2035-01-02"];
  expect(days.map((date) => settlementDays(noonOf(date)))).toEqual([3, 3, 2, 2, 1, 1]);
  const begins = startOfDate("2024-05-28");
  expect([settlementDays(begins - 1), settlementDays(begins)]).toEqual([2, 1]);
});
