import fc from "fast-check";
import { expect, it } from "vitest";
import { divide, multiply, parseFixed } from "../../domain/decimal.ts";
import { ratioOf } from "./ratioOf.ts";

it.each([
  ["10", "40", 4, 1],
  ["0.54796447", "0.821946705", 3, 2],
  ["33", "1.65", 1, 20],
  ["25", "1.666666667", 1, 15],
  ["0.000000001", "0.000000001", 1, 1],
  ["1000", "1001", 1001, 1000],
])("[AL26] %s shares that became %s are %d for %d", (before, after, newShares, oldShares) => {
  expect(ratioOf(parseFixed(before), parseFixed(after))).toEqual({ newShares, oldShares });
});

it("[AL26] the ratio, applied to what was held, gives what is held, to the billionth", () => {
  const shares = fc.bigInt({ min: 1_000_000_000n, max: 10n ** 15n });
  const count = fc.integer({ min: 1, max: 50 });
  fc.assert(
    fc.property(shares, count, count, (before, newer, older) => {
      const after = divide(multiply(before, parseFixed(newer), "down"), parseFixed(older), "down");
      const { newShares, oldShares } = ratioOf(before, after);
      const miss = after * BigInt(oldShares) - before * BigInt(newShares);
      expect(miss <= BigInt(oldShares) && -miss <= BigInt(oldShares)).toBe(true);
      // No simpler one than the one that it was split by.
      expect(oldShares).toBeLessThanOrEqual(older);
    }),
  );
});
