import { describe, expect, it } from "vitest";
import { findVenue, phaseAt, type Venue } from "./venues.ts";

function venueOf(text: string): Venue {
  const venue = findVenue(text);
  if (venue === undefined) throw new Error(`${text} is no market`);
  return venue;
}

describe("the markets' clocks", () => {
  // New York is five hours behind; Thanksgiving is on the 26th, and the 27th is short.
  it.each([
    ["NYSE", "2026-11-20T15:00Z", "core", "2026-11-20T21:00Z", "2026-11-23T14:30Z", "2026-11-20T21:00Z"],
    ["XNYS", "2026-11-20T09:00Z", "pre", "2026-11-20T14:30Z", "2026-11-20T14:30Z", "2026-11-20T21:00Z"],
    ["NASDAQ", "2026-11-27T18:30Z", "post", "2026-11-27T22:00Z", "2026-11-30T14:30Z", "2026-11-30T21:00Z"],
    ["NYSE", "2026-11-26T15:00Z", "closed", "2026-11-27T09:00Z", "2026-11-27T14:30Z", "2026-11-27T18:00Z"],
    ["BOATS", "2026-11-20T15:00Z", "closed", "2026-11-23T01:00Z", "2026-11-23T01:00Z", "2026-11-23T09:00Z"],
    ["OCEA", "2026-11-20T02:00Z", "core", "2026-11-20T09:00Z", "2026-11-23T01:00Z", "2026-11-20T09:00Z"],
    ["BOATS", "2026-11-26T02:00Z", "closed", "2026-11-27T01:00Z", "2026-11-27T01:00Z", "2026-11-27T09:00Z"],
  ])("[AS109] %s at %s is %s until %s", (name, at, phase, until, nextOpen, nextClose) => {
    const told = phaseAt(venueOf(name), Date.parse(at));
    const instants = [told.until, told.nextOpenAt, told.nextCloseAt];
    expect([told.phase, ...instants]).toEqual([phase, ...[until, nextOpen, nextClose].map((text) => Date.parse(text))]);
  });

  it("[AS109] knows market days", () => {
    const days = ["2026-11-25T20:00Z", "2026-11-26T20:00Z", "2026-11-28T20:00Z"].map((at) =>
      phaseAt(venueOf("NYSE"), Date.parse(at)),
    );
    expect(days.map(({ isMarketDay }) => isMarketDay)).toEqual([true, false, false]);
  });
});
