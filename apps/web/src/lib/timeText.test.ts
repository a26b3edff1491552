import { expect, test } from "vitest";
import { isSameDay } from "./timeText.ts";

test("[UD12] whether two instants share a day depends on whose day it is", () => {
  const evening = "2026-11-23T23:30:00.000Z";
  const night = "2026-11-24T00:30:00.000Z";
  expect([isSameDay(evening, night, "utc"), isSameDay(evening, night, "exchange")]).toEqual([false, true]);
});
