import { describe, expect, it } from "vitest";
import { readInstant, writeInstant } from "./ibTime.ts";

describe("instants of Interactive Brokers", () => {
  it("[IB20] a wall time is read in the zone that it names, in summer and in winter", () => {
    expect(readInstant("20260413 15:27:04 US/Eastern")).toBe(Date.UTC(2026, 3, 13, 19, 27, 4));
    expect(readInstant("20261120  10:00:00 US/Eastern")).toBe(Date.UTC(2026, 10, 20, 15));
    expect(readInstant("20261120 16:00:00 MET")).toBe(Date.UTC(2026, 10, 20, 15));
    expect(readInstant("20261120-15:00:00")).toBe(Date.UTC(2026, 10, 20, 15));
  });

  it("[IB20] a wall time that comes twice is the first, and one that is skipped is still near", () => {
    expect(readInstant("20261101 01:30:00 America/New_York")).toBe(Date.UTC(2026, 10, 1, 5, 30));
    expect(readInstant("20260308 02:30:00 America/New_York")).toBe(Date.UTC(2026, 2, 8, 6, 30));
  });

  it("[IB20] what is no instant, or in a zone that nobody knows, is none", () => {
    for (const text of ["", "yesterday", "20261120", "20261120 10:00:00", "20261120 10:00:00 Central European Time"]) {
      expect(readInstant(text)).toBeNull();
    }
    expect(readInstant("20261120 10:00:00", "US/Eastern")).toBe(Date.UTC(2026, 10, 20, 15));
  });

  it("[IB20] what is written is read again, to the second", () => {
    const at = Date.UTC(2099, 11, 31, 23, 59, 59, 999);
    expect(writeInstant(at)).toBe("20991231-23:59:59");
    expect(readInstant(writeInstant(at))).toBe(at - 999);
  });
});
