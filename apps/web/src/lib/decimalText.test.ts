import { expect, test } from "vitest";
import {
  COMPACT,
  formatDecimal,
  MONEY,
  PERCENT,
  PRICE,
  QUANTITY,
  shownSign,
  SIGNED_MONEY,
  SIGNED_PERCENT,
  signOf,
} from "./decimalText.ts";

test("[UD6] money is formatted from its exact string: no digit is lost to a float", () => {
  expect(formatDecimal("9007199254740993.25", MONEY, "en-US")).toBe("$9,007,199,254,740,993.25");
  expect(formatDecimal("0.000000001", QUANTITY, "en-US")).toBe("0.000000001");
});

test("[UD7] a loss has a true minus sign, a gain a plus where asked, nothing has neither", () => {
  expect(formatDecimal("-12.4", SIGNED_MONEY, "en-US")).toBe("−$12.40");
  expect(formatDecimal("12.4", SIGNED_MONEY, "en-US")).toBe("+$12.40");
  expect(formatDecimal("0", SIGNED_MONEY, "en-US")).toBe("$0.00");
});

test("[UD8] prices keep two to four decimals, fractions show as per cent, large counts are shortened", () => {
  expect(formatDecimal("187.5", PRICE, "en-US")).toBe("187.50");
  expect(formatDecimal("0.1234", PRICE, "en-US")).toBe("0.1234");
  expect(formatDecimal(0.0209, PERCENT, "en-US")).toBe("2.09%");
  expect(
    [5, 999, 1_523, 523_400, 2_304_000, 11_000_000].map((count) => formatDecimal(count, COMPACT, "en-US")),
  ).toEqual(["5", "999", "1.52K", "523K", "2.30M", "11.0M"]);
  expect(formatDecimal("1234.5", MONEY, "de-DE").replaceAll("\u00a0", " ")).toBe("1.234,50 $");
});

test("[UD9] what is not known is a dash, never a zero", () => {
  expect([formatDecimal(null), formatDecimal(Number.NaN), formatDecimal("abc")]).toEqual(["—", "—", "—"]);
});

test("[UD10] the sign of a decimal is read from its text", () => {
  expect(["-0.01", "0.00", "-0", "5", null].map((value) => signOf(value))).toEqual([-1, 0, 0, 1, 0]);
});

test("[UD11] a change that is shown as zero is neither a gain nor a loss", () => {
  expect([0.00001, -0.00001, 0, null].map((value) => shownSign(value, SIGNED_PERCENT))).toEqual([0, 0, 0, 0]);
  expect(["-0.004", "0.01", "-12"].map((value) => shownSign(value, SIGNED_MONEY))).toEqual([0, 1, -1]);
});
