import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  DecimalError,
  divide,
  fixedFromTick,
  formatFixed,
  money,
  multiply,
  ONE,
  parseFixed,
  roundTo,
  roundToStep,
  toNumber,
  tryParseFixed,
  type Rounding,
} from "./decimal.ts";

const ROUNDINGS: readonly Rounding[] = ["half_even", "half_up", "down", "up", "floor", "ceil"];
const fixed = fc.bigInt({ min: -(10n ** 26n), max: 10n ** 26n });
const nonZero = fixed.filter((value) => value !== 0n);

/** numerator ÷ denominator as a rational, rounded by its definition: compare twice the distance to both neighbours. */
function oracle(numerator: bigint, denominator: bigint, rounding: Rounding): bigint {
  const [n, d] = denominator < 0n ? [-numerator, -denominator] : [numerator, denominator];
  let floor = n / d;
  if (n % d !== 0n && n < 0n) floor -= 1n;
  const isExact = floor * d === n;
  const ceil = isExact ? floor : floor + 1n;
  const [toward, away] = n < 0n ? [ceil, floor] : [floor, ceil];
  const below = n - floor * d;
  const above = ceil * d - n;
  const nearest = below < above ? floor : above < below ? ceil : undefined;
  switch (rounding) {
    case "floor":
      return floor;
    case "ceil":
      return ceil;
    case "down":
      return toward;
    case "up":
      return away;
    case "half_up":
      return nearest ?? away;
    case "half_even":
      return nearest ?? (floor % 2n === 0n ? floor : ceil);
  }
}

describe("decimals", () => {
  it("[DC1] what is formatted is read back exactly, and is canonical", () => {
    const everyday = fc.bigInt({ min: -(10n ** 13n), max: 10n ** 13n });
    const aroundTheLastFloat = fc.bigInt({ min: 2n ** 53n - 10n, max: 2n ** 53n + 10n });
    fc.assert(
      fc.property(fc.oneof(fixed, everyday, aroundTheLastFloat), (value) => {
        const text = formatFixed(value);
        expect(parseFixed(text)).toBe(value);
        expect(text).toMatch(/^-?(0|[1-9]\d*)(\.\d*[1-9])?$/);
        expect(text).not.toBe("-0");
      }),
    );
  });

  it("[DC1] a number is read as the decimal that it prints as", () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), fc.integer({ min: 0, max: 4 }), (digits, decimals) => {
        const value = digits / 10 ** decimals;
        expect(formatFixed(parseFixed(value))).toBe(Object.is(value, -0) ? "0" : String(value));
      }),
    );
  });

  it.each([
    ["0", 0n],
    ["-0", 0n],
    ["007.50", 7_500_000_000n],
    [150, 150_000_000_000n],
    [0.1, 100_000_000n],
    [1e-7, 100n],
    ["0.000000001", 1n],
    ["999999999999999999.999999999", 999_999_999_999_999_999_999_999_999n],
  ])("[DC2] %s is read exactly", (input, expected) => {
    expect(parseFixed(input)).toBe(expected);
  });

  it.each([
    Number.NaN,
    Number.POSITIVE_INFINITY,
    0.1 + 0.2,
    1e-10,
    2 ** 53,
    "",
    " 1",
    "1 ",
    "+1",
    ".5",
    "5.",
    "1e3",
    "1,000",
    "0x10",
    "1.0000000001",
    "1000000000000000000",
    "١",
  ])("[DC2] %s is refused", (input) => {
    expect(tryParseFixed(input)).toBeUndefined();
    expect(() => parseFixed(input)).toThrow(DecimalError);
  });

  it("[DC2] nothing that is not a text or a number is read", () => {
    fc.assert(
      fc.property(
        fc.anything().filter((value) => typeof value !== "string" && typeof value !== "number"),
        (value) => {
          expect(tryParseFixed(value)).toBeUndefined();
        },
      ),
    );
  });

  it.each(ROUNDINGS)("[DC3] products and quotients round %s as a rational does", (rounding) => {
    fc.assert(
      fc.property(fixed, nonZero, (a, b) => {
        expect(multiply(a, b, rounding)).toBe(oracle(a * b, ONE, rounding));
        expect(divide(a, b, rounding)).toBe(oracle(a * ONE, b, rounding));
      }),
    );
  });

  it.each(ROUNDINGS)("[DC3] rounding %s to decimals and steps is exact", (rounding) => {
    fc.assert(
      fc.property(
        fixed,
        fc.integer({ min: 0, max: 9 }),
        fc.bigInt({ min: 1n, max: 10n ** 12n }),
        (value, decimals, step) => {
          const unit = 10n ** BigInt(9 - decimals);
          expect(roundTo(value, decimals, rounding)).toBe(oracle(value, unit, rounding) * unit);
          expect(roundToStep(value, step, rounding)).toBe(oracle(value, step, rounding) * step);
        },
      ),
    );
  });

  it.each([
    [25_000_000n, "half_even", 20_000_000n],
    [35_000_000n, "half_even", 40_000_000n],
    [25_000_000n, "half_up", 30_000_000n],
    [-25_000_000n, "half_up", -30_000_000n],
    [-25_000_000n, "half_even", -20_000_000n],
  ] as const)("[DC3] a tie, %s to two decimals, %s", (value, rounding, expected) => {
    expect(roundTo(value, 2, rounding)).toBe(expected);
  });

  it("[DC2] what could not be read back is not written either", () => {
    const largest = 10n ** 27n - 1n;
    expect(parseFixed(formatFixed(largest))).toBe(largest);
    expect(parseFixed(money(-largest))).toBe(-largest);
    for (const value of [largest + 1n, -largest - 1n]) {
      expect(() => formatFixed(value)).toThrow(DecimalError);
      expect(() => money(value)).toThrow(DecimalError);
    }
  });

  it("[DC4] dividing by nothing is a RangeError", () => {
    expect(() => divide(ONE, 0n, "down")).toThrow(RangeError);
  });

  it("[DC6] what ends in zeros is cut to the decimals that are asked for, however large it is", () => {
    for (const [value, none, two] of [
      [0n, "0", "0.00"],
      [10_000_000n, "0.01", "0.01"],
      [-500_000_000n, "-0.5", "-0.50"],
      [1n, "0.000000001", "0.000000001"],
      [-(9_007_199n * ONE), "-9007199", "-9007199.00"],
      [9_007_199n * ONE - 1n, "9007198.999999999", "9007198.999999999"],
      [9_007_200n * ONE - 1n, "9007199.999999999", "9007199.999999999"],
      [123_456_789_012n * ONE + 100_000_000n, "123456789012.1", "123456789012.10"],
    ] as const) {
      expect([formatFixed(value), formatFixed(value, 2)]).toEqual([none, two]);
    }
  });

  it("[DC5] a tick is read to the millionth", () => {
    for (const value of [9_007_199.254_74, -9_007_199.254_74, 9_007_199.254_741, 9_007_199.254_742, 8e9 + 0.000_001]) {
      expect(fixedFromTick(value)).toBe(BigInt(Math.round(value * 1e6)) * 1000n);
    }
    expect(fixedFromTick(187.49)).toBe(187_490_000_000n);
    expect(fixedFromTick(0.1 + 0.2)).toBe(300_000_000n);
    expect(toNumber(fixedFromTick(187.49))).toBe(187.49);
    for (const tick of [Number.NaN, Number.NEGATIVE_INFINITY, 1e10])
      expect(() => fixedFromTick(tick)).toThrow(DecimalError);
  });

  it("[DC6] money is a canonical text, with as many decimals as it is asked for", () => {
    expect(money("10.500")).toBe("10.5");
    expect(formatFixed(parseFixed("10.5"), 2)).toBe("10.50");
    expect(formatFixed(0n, 2)).toBe("0.00");
  });
});
