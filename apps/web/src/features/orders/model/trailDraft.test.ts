import { expect, test } from "vitest";
import { trailProblems, trailStart } from "./trailDraft.ts";

test("[UT40] a trail is a distance above zero, and in percent less than the whole price", () => {
  expect(trailProblems({ by: "percent", value: "1.5" })).toEqual([]);
  expect(trailProblems({ by: "percent", value: "" })).toEqual(["Enter a distance in percent, such as 1.5."]);
  expect(trailProblems({ by: "percent", value: "100" })).toEqual(["It must be below 100 %."]);
  expect(trailProblems({ by: "amount", value: "100" })).toEqual([]);
  expect(trailProblems({ by: "amount", value: "0" })).toEqual(["It must be above zero."]);
});

test("[UT41] a stop that sells begins below the market, one that buys above it", () => {
  expect(trailStart({ by: "percent", value: "1.5" }, "sell", "200")).toBe("197");
  expect(trailStart({ by: "amount", value: "2.5" }, "buy", "187.52")).toBe("190.02");
  expect(trailStart({ by: "amount", value: "200" }, "sell", "187.52")).toBeUndefined();
  expect(trailStart({ by: "amount", value: "2.5" }, "sell", null)).toBeUndefined();
});
