import fc from "fast-check";
import { expect, test } from "vitest";
import { LIMIT_FIELDS, limitHelp, limitProblems, toForm, toLimits } from "./limitsForm.ts";

const limits = {
  maxOrderValue: "25000",
  maxOrderQuantity: "10000",
  maxPositionFraction: 0.07,
  maxExposureFraction: 1,
  maxDailyLossFraction: 0.02,
  priceCollarFraction: 0.05,
  maxOrdersPerMinute: 60,
};

test("[UL1] fractions are edited in per cent, without the dust of floats, and come back as they were", () => {
  expect(toForm(limits).maxPositionFraction).toBe("7");
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9_999 }), (basisPoints) => {
      const maxPositionFraction = basisPoints / 10_000;
      expect(toLimits(toForm({ ...limits, maxPositionFraction }))?.maxPositionFraction).toBe(maxPositionFraction);
    }),
  );
});

test("[UL2] what is no number above zero is named by its field and not sent", () => {
  const form = { ...toForm(limits), maxOrderValue: "0", maxOrdersPerMinute: "1.5", priceCollarFraction: "x" };
  expect(Object.keys(limitProblems(form)).toSorted()).toEqual([
    "maxOrderValue",
    "maxOrdersPerMinute",
    "priceCollarFraction",
  ]);
  expect(toLimits(form)).toBeUndefined();
});

test("[UL3] sums of money and shares are shown as they are read, while they are numbers", () => {
  const [value, quantity, position] = LIMIT_FIELDS.map((field) => [
    limitHelp(field, "25000"),
    limitHelp(field, "2500x"),
  ]);
  expect(value).toEqual(["One order may be worth this much: $25,000.", "One order may be worth this much."]);
  expect(quantity).toEqual(["Shares in one order: 25,000.", "Shares in one order."]);
  expect(position).toEqual(["In one symbol, open orders counted.", "In one symbol, open orders counted."]);
});
