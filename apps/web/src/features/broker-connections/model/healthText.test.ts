import { expect, test } from "vitest";
import { executionText, judgeBudget, leftText, queuedText } from "./healthText.ts";

const budget = (remaining: number, limit = 200) => ({
  host: "trading",
  limit,
  windowMs: 60_000,
  remaining,
  resetAt: "2026-11-23T15:00:42.000Z",
  queued: {},
});

test("[UB8] a budget warns below a fifth and is bad when it is spent", () => {
  expect([200, 40, 39, 1, 0].map((remaining) => judgeBudget(budget(remaining)).tone)).toEqual([
    "calm",
    "calm",
    "warn",
    "warn",
    "bad",
  ]);
  expect([judgeBudget(budget(50)).share, judgeBudget(budget(300)).share, judgeBudget(budget(0, 0)).share]).toEqual([
    0.25, 1, 0,
  ]);
});

test("[UB9] who waits is told most urgent first, whatever order it came in", () => {
  expect(queuedText({ read: 5, cancel: 1, history: 0 })).toBe("waiting: cancels 1, reads 5");
  expect(queuedText({})).toBe("nothing waits");
});

test("[UB10] short times keep a decimal, and how many orders they are of is told", () => {
  expect(executionText({ count: 1, medianMs: 0.42, p99Ms: 1_234.5 })).toBe(
    "median 0.4 ms, p99 1,235 ms, of the last 1 order",
  );
});

test("[UB18] what is left is of the broker's own window, a minute's or a second's", () => {
  expect(leftText(budget(20))).toBe("20 of 200 a minute left");
  expect(leftText({ ...budget(45, 50), windowMs: 1_000 })).toBe("45 of 50 a second left");
  expect(leftText({ ...budget(5, 6), windowMs: 2_500 })).toBe("5 of 6 in 2.5 s left");
});
