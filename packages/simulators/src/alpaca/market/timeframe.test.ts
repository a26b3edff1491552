import { describe, expect, it } from "vitest";
import { parseTimeframe } from "./timeframe.ts";

/** A Wednesday, 10:47:30 in New York. */
const AT = Date.UTC(2026, 10, 18, 15, 47, 30);

describe("timeframes", () => {
  it.each([
    ["1Min", "2026-11-18T15:47:00.000Z"],
    ["15Min", "2026-11-18T15:45:00.000Z"],
    ["7T", "2026-11-18T15:44:00.000Z"],
    ["1Hour", "2026-11-18T15:00:00.000Z"],
    ["4H", "2026-11-18T13:00:00.000Z"],
    ["1Day", "2026-11-18T05:00:00.000Z"],
    ["1Week", "2026-11-16T05:00:00.000Z"],
    ["1Month", "2026-11-01T04:00:00.000Z"],
    ["3Month", "2026-10-01T04:00:00.000Z"],
  ])("[AS71] a bar of %s begins at %s, counted from midnight in New York", (text, start) => {
    expect(new Date(parseTimeframe(text)?.startOf(AT) ?? 0).toISOString()).toBe(start);
  });

  it.each(["", "0Min", "60Min", "24Hour", "2Day", "2Week", "5Month", "1min", "Eon"])("[AS71] %o is none", (text) => {
    expect(parseTimeframe(text)).toBeUndefined();
  });
});
