import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { marketDay } from "./marketDay.ts";
import { nyDate, nyMidnight } from "./newYorkTime.ts";
import { sessionAt } from "./sessionAt.ts";
import { sessionWithOvernight } from "./sessionWithOvernight.ts";

const at = (text: string): number => Date.parse(text);
const anyInstant = fc.integer({ min: nyMidnight("2010-01-01"), max: nyMidnight("2035-12-01") });
const HOUR_MS = 3_600_000;

describe("sessionWithOvernight", () => {
  it.each([
    ["2026-11-19T19:59:59.999-05:00", "post", "a Thursday evening"],
    ["2026-11-19T20:00:00-05:00", "overnight", "a Thursday evening"],
    ["2026-11-20T03:59:59.999-05:00", "overnight", "a Friday morning"],
    ["2026-11-20T04:00:00-05:00", "pre", "a Friday morning"],
    ["2026-11-20T20:00:00-05:00", "closed", "a Friday evening"],
    ["2026-11-22T19:59:59.999-05:00", "closed", "a Sunday evening"],
    ["2026-11-22T20:00:00-05:00", "overnight", "a Sunday evening"],
    ["2026-11-25T20:00:00-05:00", "closed", "the evening before Thanksgiving"],
    ["2026-11-26T20:00:00-05:00", "overnight", "the evening of Thanksgiving"],
    ["2026-11-27T18:00:00-05:00", "closed", "the short day after it"],
  ])("[CA11] %s is %s: %s", (text, session) => {
    expect(sessionWithOvernight(at(text)).session).toBe(session);
  });

  it("[CA11] says when the night begins and ends, and which opening comes after it", () => {
    expect(sessionWithOvernight(at("2026-11-25T21:00:00-05:00"))).toMatchObject({
      session: "closed",
      sessionEndsAt: at("2026-11-26T20:00:00-05:00"),
    });
    expect(sessionWithOvernight(at("2026-11-26T21:00:00-05:00"))).toEqual({
      session: "overnight",
      sessionEndsAt: at("2026-11-27T04:00:00-05:00"),
      isOpen: false,
      nextOpenAt: at("2026-11-27T09:30:00-05:00"),
      nextCloseAt: at("2026-11-27T13:00:00-05:00"),
      dayEndsAt: at("2026-11-27T17:00:00-05:00"),
      earlyClose: true,
    });
  });

  it("[CA11] differs from the exchange's own sessions only where the market is closed, and a night is eight hours before a trading day", () => {
    fc.assert(
      fc.property(anyInstant, (instant) => {
        const own = sessionAt(instant);
        const here = sessionWithOvernight(instant);
        const { session, sessionEndsAt } = here;
        expect(here).toEqual(own.session === "closed" ? { ...own, session, sessionEndsAt } : own);
        expect(sessionEndsAt).toBeGreaterThan(instant);
        expect(sessionWithOvernight(sessionEndsAt - 1).session).toBe(session);
        expect(sessionWithOvernight(sessionEndsAt).session).not.toBe(session);
        if (session !== "overnight") return;
        expect(own.session).toBe("closed");
        expect(marketDay(nyDate(sessionEndsAt)).sessions?.preOpensAt).toBe(sessionEndsAt);
        // The clocks change on a Sunday at two: never within a night that is followed by a trading day.
        expect(sessionWithOvernight(sessionEndsAt - 8 * HOUR_MS).session).toBe("overnight");
        expect(sessionWithOvernight(sessionEndsAt - 8 * HOUR_MS - 1).session).not.toBe("overnight");
      }),
    );
  });

  it("[CA11] at the calendar's end no night follows", () => {
    expect(sessionWithOvernight(at("2035-12-31T22:00:00-05:00"))).toEqual(sessionAt(at("2035-12-31T22:00:00-05:00")));
    expect(sessionWithOvernight(at("2035-12-30T22:00:00-05:00")).session).toBe("overnight");
  });
});
