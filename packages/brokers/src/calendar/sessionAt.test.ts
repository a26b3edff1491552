import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { alwaysOpenSession } from "./alwaysOpenSession.ts";
import { DAY_MS } from "./civilDate.ts";
import { marketDay } from "./marketDay.ts";
import { marketHours } from "./marketHours.ts";
import { nyDate, nyMidnight } from "./newYorkTime.ts";
import { type ExchangeSession, sessionAt } from "./sessionAt.ts";
import { sessionMemo } from "./sessionMemo.ts";

const at = (text: string): number => Date.parse(text);
const from = nyMidnight("2010-01-01");
const anyInstant = fc.integer({ min: from, max: nyMidnight("2035-12-01") });

describe("sessionAt", () => {
  it.each([
    ["2026-11-20T03:59:59.999-05:00", "closed"],
    ["2026-11-20T04:00:00-05:00", "pre"],
    ["2026-11-20T09:29:59.999-05:00", "pre"],
    ["2026-11-20T09:30:00-05:00", "regular"],
    ["2026-11-20T15:59:59.999-05:00", "regular"],
    ["2026-11-20T16:00:00-05:00", "post"],
    ["2026-11-20T20:00:00-05:00", "closed"],
    ["2026-11-27T13:00:00-05:00", "post"],
    ["2026-11-27T17:00:00-05:00", "closed"],
    ["2026-11-26T12:00:00-05:00", "closed"],
    ["2026-11-22T12:00:00-05:00", "closed"],
  ])("[CA6] %s is %s", (text, session) => {
    expect(sessionAt(at(text)).session).toBe(session);
  });

  it("[CA7] on Thanksgiving Eve after the bell, the next day to come is Friday's short one", () => {
    expect(sessionAt(at("2026-11-25T21:00:00-05:00"))).toEqual({
      session: "closed",
      sessionEndsAt: at("2026-11-27T04:00:00-05:00"),
      isOpen: false,
      nextOpenAt: at("2026-11-27T09:30:00-05:00"),
      nextCloseAt: at("2026-11-27T13:00:00-05:00"),
      dayEndsAt: at("2026-11-27T17:00:00-05:00"),
      earlyClose: true,
    });
  });

  it("[CA7] during a session the next opening is the next day's, the next close today's", () => {
    expect(sessionAt(at("2026-11-20T10:00:00-05:00"))).toMatchObject({
      nextOpenAt: at("2026-11-23T09:30:00-05:00"),
      nextCloseAt: at("2026-11-20T16:00:00-05:00"),
      dayEndsAt: at("2026-11-20T20:00:00-05:00"),
    });
    expect(sessionAt(at("2026-11-20T17:00:00-05:00"))).toMatchObject({ nextCloseAt: at("2026-11-23T16:00:00-05:00") });
  });

  it("[CA7] at the calendar's end there is no next opening, and that is said", () => {
    expect(sessionAt(at("2035-12-31T12:00:00-05:00"))).toMatchObject({ isOpen: true, nextOpenAt: null });
    expect(sessionAt(at("2035-12-31T22:00:00-05:00"))).toMatchObject({
      isOpen: false,
      nextOpenAt: null,
      nextCloseAt: null,
    });
  });

  it("[CA7] every next thing lies after the instant asked about, and is what it is called", () => {
    fc.assert(
      fc.property(anyInstant, (instant) => {
        const { session, isOpen, sessionEndsAt, nextOpenAt, nextCloseAt, dayEndsAt } = sessionAt(instant);
        expect(isOpen).toBe(session === "regular");
        expect(Math.min(sessionEndsAt, nextOpenAt ?? 0, nextCloseAt ?? 0, dayEndsAt)).toBeGreaterThan(instant);
        expect(sessionAt(nextOpenAt ?? 0).session).toBe("regular");
        expect(sessionAt((nextOpenAt ?? 0) - 1).session).toBe("pre");
        expect(sessionAt((nextCloseAt ?? 0) - 1).session).toBe("regular");
        expect(sessionAt(nextCloseAt ?? 0).session).toBe("post");
        expect(sessionAt(dayEndsAt).session).toBe("closed");
        expect(isOpen ? (nextCloseAt ?? 0) < (nextOpenAt ?? 0) : (nextOpenAt ?? 0) < (nextCloseAt ?? 0)).toBe(true);
      }),
    );
  });

  it("[CA6] sessions follow each other without gap or overlap, in order, and a day's pieces add up to the day", () => {
    const before = { overnight: [], closed: ["post", undefined], pre: ["closed"], regular: ["pre"], post: ["regular"] };
    fc.assert(
      fc.property(anyInstant, (instant) => {
        const date = nyDate(instant);
        const midnight = nyMidnight(date);
        const end = nyMidnight(nyDate(midnight + DAY_MS + DAY_MS / 2));
        let covered = 0;
        let previous: ExchangeSession | undefined;
        for (let now = midnight; now < end;) {
          const current = sessionAt(now);
          expect(before[current.session]).toContain(previous?.session);
          const until = Math.min(current.sessionEndsAt, end);
          expect(sessionAt(until - 1).session).toBe(current.session);
          covered += until - now;
          previous = current;
          now = until;
        }
        expect(covered).toBe(end - midnight);
        expect(previous?.session).toBe("closed");
        expect(marketDay(date).sessions === null).toBe(sessionAt(midnight).dayEndsAt > end);
      }),
    );
  });

  it("[CA9] a memo gives the same answers, in whatever order it is asked", () => {
    fc.assert(
      fc.property(
        fc.array(anyInstant, { maxLength: 20 }),
        fc.array(fc.nat(4 * DAY_MS), { maxLength: 20 }),
        (far, near) => {
          for (const sessionOf of [sessionAt, alwaysOpenSession]) {
            const memo = sessionMemo(sessionOf);
            const base = far[0] ?? from;
            for (const instant of [...far, ...near.map((offset) => base + offset)])
              expect(memo(instant)).toEqual(sessionOf(instant));
          }
        },
      ),
    );
  });
});

describe("alwaysOpenSession", () => {
  it("[CA8] is open on a Sunday; its day ends at midnight in New York", () => {
    expect(alwaysOpenSession(at("2026-11-22T12:00:00-05:00"))).toEqual({
      session: "closed",
      sessionEndsAt: at("2026-11-23T00:00:00-05:00"),
      isOpen: true,
      nextOpenAt: null,
      nextCloseAt: null,
      dayEndsAt: at("2026-11-23T00:00:00-05:00"),
      earlyClose: false,
    });
  });
});

describe("marketHours", () => {
  it("[CA10] says today's early close on the day, not the day before", () => {
    expect(marketHours("NYSE", at("2026-11-27T10:00:00-05:00"))).toMatchObject({
      market: "NYSE",
      isOpen: true,
      earlyClose: true,
    });
    expect(marketHours("NYSE", at("2026-11-26T10:00:00-05:00"))).toMatchObject({ isOpen: false, earlyClose: false });
  });

  it("[CA10] a feed that ticks at all hours is open, and the session is still the real market's", () => {
    expect(marketHours("NASDAQ", at("2026-11-22T12:00:00-05:00"), { alwaysOpen: true })).toMatchObject({
      isOpen: true,
      alwaysOpen: true,
      session: "closed",
      nextOpenAt: at("2026-11-23T09:30:00-05:00"),
    });
  });
});
