import { expect, test } from "vitest";
import { judgeUsage } from "./usage.ts";

test("[UR2] a limit warns above four fifths and is exceeded at its whole", () => {
  const judged = (used: number, limit = 0.1) => judgeUsage({ label: "Exposure", detail: null, used, limit });
  expect([0, 0.08, 0.081, 0.0999, 0.1, 0.25].map((used) => judged(used).tone)).toEqual([
    "calm",
    "calm",
    "warn",
    "warn",
    "bad",
    "bad",
  ]);
  expect([judged(0.25).share, judged(-0.05).share, judged(0, 0).share]).toEqual([1, 0.5, 1]);
});
