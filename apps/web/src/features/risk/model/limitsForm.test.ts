import fc from "fast-check";
import { expect, test } from "vitest";
import { limitProblems, toForm, toLimits } from "./limitsForm.ts";

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
