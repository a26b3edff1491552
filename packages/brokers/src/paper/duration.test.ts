import { expect, it } from "vitest";
import { spokenDuration } from "./duration.ts";

it.each([
  [0, "less than a minute"],
  [59_999, "less than a minute"],
  [60_000, "1 min"],
  [3_600_000, "1 h"],
  [52_200_000, "14 h 30 min"],
  [86_400_000, "1 d"],
  [2 * 86_400_000 + 3 * 3_600_000 + 60_000, "2 d 3 h"],
])("[PX14] %d ms is spoken as %s", (durationMs, spoken) => {
  expect(spokenDuration(durationMs)).toBe(spoken);
});
