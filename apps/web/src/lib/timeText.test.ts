import { expect, test } from "vitest";
import { formatRemaining, isSameDay } from "./timeText.ts";

test("[UD12] whether two instants share a day depends on whose day it is", () => {
  const evening = "2026-11-23T23:30:00.000Z";
  const night = "2026-11-24T00:30:00.000Z";
  expect([isSameDay(evening, night, "utc"), isSameDay(evening, night, "exchange")]).toEqual([false, true]);
});

test("[UD14] what is left of a time is told to the second while that matters, and never less than nothing", () => {
  expect([0, 44_100, 60_000, 725_000, 12_000_000, -5_000].map(formatRemaining)).toEqual([
    "0 s",
    "45 s",
    "1 min 00 s",
    "12 min 05 s",
    "3 h 20 min",
    "0 s",
  ]);
});
