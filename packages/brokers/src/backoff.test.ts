import { describe, expect, it } from "vitest";
import { backoffMs } from "./backoff.ts";
import { seededRandom } from "./testing/seededRandom.ts";

describe("the wait between attempts", () => {
  it("[MN2] doubles from 1 s to 60 s, and half of it is chance", () => {
    const random = seededRandom(3);
    for (const [attempt, longest] of [
      [0, 1_000],
      [1, 2_000],
      [4, 16_000],
      [6, 60_000],
      [1_000, 60_000],
    ] as const) {
      const waits = Array.from({ length: 200 }, () => backoffMs(attempt, random));
      expect(Math.min(...waits)).toBeGreaterThanOrEqual(longest / 2);
      expect(Math.max(...waits)).toBeLessThanOrEqual(longest);
      expect(new Set(waits).size).toBeGreaterThan(50);
    }
  });
});
