import { formatFixed, parseFixed } from "@trenddojo/brokers/domain";
import fc from "fast-check";
import { expect, test } from "vitest";
import { parseDecimalInput, separatorsOf, showDecimal, stepDecimal } from "./decimalInput.ts";

const english = separatorsOf("en-US");
const german = separatorsOf("de-DE");

test.each([
  ["187.50", english, "187.5"],
  ["1,234.56", english, "1234.56"],
  ["1.234,56", german, "1234.56"],
  ["187,5", german, "187.5"],
  [" 1 000 ", english, "1000"],
  [".5", english, "0.5"],
  ["−3", english, "-3"],
])("[UD1] “%s” is read as a number of its locale", (text, separators, expected) => {
  expect(parseDecimalInput(text, separators)).toBe(expected);
});

test("[UD2] a dot that cannot group is a decimal point: 187.50 is never a hundred times itself", () => {
  expect(parseDecimalInput("187.50", german)).toBe("187.5");
});

test.each(["", "abc", "1e5", "1.2.3", "1,23,4.5", "--1", "0.1234567891", "Infinity", "12px"])(
  "[UD3] “%s” is no number",
  (text) => {
    expect(parseDecimalInput(text, english)).toBeUndefined();
  },
);

test("[UD4] what a field shows reads back as the same decimal, in every locale", () => {
  const anyDecimal = fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }).map((units) => formatFixed(units));
  fc.assert(
    fc.property(anyDecimal, fc.constantFrom("en-US", "de-DE", "fr-FR", "de-CH", "en-IN"), (value, locale) => {
      const separators = separatorsOf(locale);
      // A locale that groups by dots reads "1.234" as a thousand; a field shows its own decimal sign, so there is no such text.
      expect(parseDecimalInput(showDecimal(value, separators), separators)).toBe(value);
    }),
  );
});

test("[UD5] the arrow keys step exactly, onto the grid and never below zero", () => {
  expect(stepDecimal("187.5", "0.01", 1)).toBe("187.51");
  expect(stepDecimal("0.1", "0.2", 1)).toBe("0.2");
  expect(stepDecimal("187.503", "0.01", 1)).toBe("187.51");
  expect(stepDecimal("187.503", "0.01", -1)).toBe("187.5");
  expect(stepDecimal("0.05", "0.01", -10)).toBe("0");
  expect(stepDecimal("", "1", 10)).toBe("10");
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10_000_000 }), fc.integer({ min: 1, max: 100 }), (cents, steps) => {
      const value = formatFixed(BigInt(cents) * 10_000_000n);
      expect(parseFixed(stepDecimal(stepDecimal(value, "0.01", steps), "0.01", -steps))).toBe(parseFixed(value));
    }),
  );
});
