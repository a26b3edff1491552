import { SeededRandom } from "@trenddojo/brokers";
import { describe, expect, it } from "vitest";
import {
  instantText,
  microsText,
  millisOf,
  nanosOf,
  newYorkDigits,
  newYorkInstantText,
  parseInstant,
} from "./instant.ts";
import { NanoClock } from "./NanoClock.ts";

const AT = nanosOf(Date.UTC(2026, 0, 26, 18, 55, 9, 981)) + 482_300n;

describe("instants on the wire", () => {
  it("[AS3] have nine decimals in UTC, trailing zeros dropped, as Go prints them", () => {
    expect(instantText(AT)).toBe("2026-01-26T18:55:09.9814823Z");
    expect(instantText(nanosOf(Date.UTC(2026, 0, 26)))).toBe("2026-01-26T00:00:00Z");
  });

  it("[AS3] have six decimals in activities, whose ids begin with New York's clock", () => {
    expect(microsText(AT)).toBe("2026-01-26T18:55:09.981482Z");
    expect(microsText(nanosOf(Date.UTC(2026, 0, 26)) + 100_000n)).toBe("2026-01-26T00:00:00.000100Z");
    expect(newYorkDigits(AT)).toBe("20260126135509981");
  });

  it("[AS3] have New York's offset in the clock, in winter and in summer", () => {
    expect(newYorkInstantText(AT)).toBe("2026-01-26T13:55:09.9814823-05:00");
    expect(newYorkInstantText(nanosOf(Date.UTC(2026, 6, 1, 12)))).toBe("2026-07-01T08:00:00-04:00");
  });

  it.each([
    ["2026-01-26", "2026-01-26T00:00:00Z"],
    ["2026-01-26T18:55:09.9814823Z", "2026-01-26T18:55:09.9814823Z"],
    ["2026-01-26T13:55:09.9814823-05:00", "2026-01-26T18:55:09.9814823Z"],
    ["2026-01-26T18:55:09.1234567891Z", "2026-01-26T18:55:09.123456789Z"],
    ["2026-01-26 18:55", "2026-01-26T18:55:00Z"],
  ])("[AS3] %s is read as %s", (text, read) => {
    expect(instantText(parseInstant(text) ?? 0n)).toBe(read);
  });

  it.each(["", "yesterday", "2026-13-01", "2026-01-26T25:00:00Z", "1769453709"])("[AS3] %o is no instant", (text) => {
    expect(parseInstant(text)).toBeUndefined();
  });

  it("[AS3] no two are the same, and none is earlier than the one before", () => {
    const clock = new NanoClock(new SeededRandom(5));
    const stamps = [1_000, 1_000, 1_000, 1_001, 1_000].map((ms) => clock.stamp(ms));
    expect(stamps).toEqual(stamps.toSorted((a, b) => (a < b ? -1 : 1)));
    expect(new Set(stamps).size).toBe(5);
    expect(stamps.slice(0, 4).map(millisOf)).toEqual([1_000, 1_000, 1_000, 1_001]);
  });
});
