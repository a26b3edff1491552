import { expect, it } from "vitest";
import { alwaysOpenSession } from "../calendar/alwaysOpenSession.ts";
import { sessionAt } from "../calendar/sessionAt.ts";
import { expiryOf } from "./expiry.ts";

const at = (time: string): number => Date.parse(`${time}:00-05:00`);
const dayOrder = (extendedHours: boolean) => ({ timeInForce: "day", extendedHours }) as const;
const rules = { sessionAt, auctionPrices: "tape" } as const;

it.each([
  ["2026-11-20T08:00", "2026-11-20T16:00", "2026-11-20T20:00"],
  ["2026-11-20T15:59", "2026-11-20T16:00", "2026-11-20T20:00"],
  ["2026-11-20T16:00", "2026-11-23T16:00", "2026-11-20T20:00"],
  ["2026-11-20T20:00", "2026-11-23T16:00", "2026-11-23T20:00"],
  ["2026-11-27T10:00", "2026-11-27T13:00", "2026-11-27T17:00"],
])("[PX41] a day order of %s ends at %s, one for extended hours at %s", (given, end, extendedEnd) => {
  expect(expiryOf(dayOrder(false), at(given), rules)).toBe(at(end));
  expect(expiryOf(dayOrder(true), at(given), rules)).toBe(at(extendedEnd));
});

it("[PX41] on a market that never closes a day order ends with the market day", () => {
  for (const extendedHours of [false, true]) {
    const end = expiryOf(dayOrder(extendedHours), at("2026-11-20T10:00"), { ...rules, sessionAt: alwaysOpenSession });
    expect(end).toBe(at("2026-11-21T00:00"));
  }
});
