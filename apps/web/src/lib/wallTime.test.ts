import { expect, test } from "vitest";
import { fromWallTime, toWallTime } from "./wallTime.ts";

test("[UZ1] a wall time is an instant by the clock that it was read from, summer and winter", () => {
  expect(fromWallTime("2026-11-30T16:00", "exchange")).toBe("2026-11-30T21:00:00.000Z");
  expect(fromWallTime("2026-07-01T16:00", "exchange")).toBe("2026-07-01T20:00:00.000Z");
  expect(fromWallTime("2026-11-30T16:00", "utc")).toBe("2026-11-30T16:00:00.000Z");
  for (const zone of ["exchange", "utc", "local"] as const) {
    const instant = fromWallTime("2026-11-30T16:00", zone);
    expect(toWallTime(instant ?? "", zone)).toBe("2026-11-30T16:00");
  }
});

test("[UZ2] an hour that comes twice is the first of the two, one that never comes the next", () => {
  expect(fromWallTime("2026-11-01T01:30", "exchange")).toBe("2026-11-01T05:30:00.000Z");
  expect(fromWallTime("2026-03-08T02:30", "exchange")).toBe("2026-03-08T07:30:00.000Z");
});

test("[UZ3] half a date is no instant", () => {
  expect([fromWallTime("", "exchange"), fromWallTime("2026-11", "utc"), toWallTime("unreadable", "local")]).toEqual([
    undefined,
    undefined,
    "",
  ]);
});
