import { expect, it } from "vitest";
import { parseFixed } from "../../domain/decimal.ts";
import { DEFAULT_BORROW, readMoneyTerms } from "./MoneyTerms.ts";

it("[PX220] a negative commission an order is refused", () => {
  expect(() => readMoneyTerms({}, "-0.01")).toThrow("a commission an order must be zero or above, not -0.01");
});

it("[PX202] [PX213] [PX221] a profile that says nothing has a margin account, no fees, and easy borrow at a quarter of a percent", () => {
  const terms = readMoneyTerms({});
  expect(terms).toMatchObject({ isCashAccount: false, commissionPerOrder: 0n, exchangeFees: [] });
  expect(terms.borrowOf("SPY")).toEqual({ availability: "easy", annualRate: parseFixed("0.0025"), shares: null });
  expect(DEFAULT_BORROW).toEqual({ others: { availability: "easy", annualRate: "0.0025" } });
});
