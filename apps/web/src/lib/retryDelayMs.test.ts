import type { Random } from "@trenddojo/brokers/domain";
import { expect, test } from "vitest";
import { retryDelayMs } from "./retryDelayMs.ts";

const always = (value: number): Random => ({ next: () => value, integer: (bound) => Math.floor(value * bound) });

test("[SY3] a cut socket comes back within 250 ms, then ever later, at most after 10 s", () => {
  const soonest = [0, 1, 2, 3, 4, 5, 50].map((attempt) => retryDelayMs(attempt, always(0)));
  const latest = [0, 1, 2, 3, 4, 5, 50].map((attempt) => retryDelayMs(attempt, always(1)));
  expect(soonest).toEqual([0, 500, 1_000, 2_000, 4_000, 5_000, 5_000]);
  expect(latest).toEqual([250, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000]);
});

test("[SY3] a thousand pages do not come back in step", () => {
  const pages = Array.from({ length: 1_000 }, (_, page) => retryDelayMs(0, always(page / 1_000)));
  for (let from = 0; from < 250; from += 10) {
    expect(pages.filter((delay) => delay >= from && delay < from + 10).length).toBeLessThanOrEqual(41);
  }
});
