import { expect, it } from "vitest";
import { formatFixed, parseFixed } from "../../domain/decimal.ts";
import { borrowFee, collateralPrice, readBorrow } from "./borrow.ts";

it("[PX210] [PX211] [PX213] what the table's words mean", () => {
  const hard = { availability: "hard", annualRate: "0.36", shares: "150" } as const;
  expect(readBorrow({ availability: "easy", annualRate: "0.25" })).toEqual({
    availability: "easy",
    annualRate: parseFixed("0.25"),
    shares: null,
  });
  expect(readBorrow(hard).shares).toBe(parseFixed("150"));
  expect(readBorrow({ ...hard, annualRate: "0", shares: "0" })).toMatchObject({ annualRate: 0n, shares: 0n });
  expect(readBorrow({ availability: "none" })).toEqual({ availability: "none", annualRate: 0n, shares: 0n });
});

it("[PX211] a negative rate or size is refused", () => {
  const refusal = "a borrow rate or size is negative";
  expect(() => readBorrow({ availability: "easy", annualRate: "-0.01" })).toThrow(refusal);
  expect(() => readBorrow({ availability: "hard", annualRate: "-0.01", shares: "1" })).toThrow(refusal);
  expect(() => readBorrow({ availability: "hard", annualRate: "0.01", shares: "-1" })).toThrow(refusal);
});

it.each([
  ["99.99", "102"],
  ["100", "102"],
  // 1.02 × 0.980392157 = 1.00000000014: a little more than a dollar.
  ["0.980392157", "2"],
  ["0.980392156", "1"],
])("[PX212] the collateral of a mark of %s is %s", (mark, collateral) => {
  expect(formatFixed(collateralPrice(parseFixed(mark)))).toBe(collateral);
});

it.each([
  // 0.005 exactly goes up.
  ["1", "1", "1.8", 1, "0.01"],
  ["1", "1", "1.7999", 1, "0"],
  ["-100", "102", "0.0025", 1, "0.07"],
  ["-100", "102", "0.0025", 3, "0.21"],
])("[PX212] %s shares at %s and a rate of %s for %i nights cost %s", (quantity, collateral, rate, days, fee) => {
  expect(formatFixed(borrowFee(parseFixed(quantity), parseFixed(collateral), parseFixed(rate), days))).toBe(fee);
});
