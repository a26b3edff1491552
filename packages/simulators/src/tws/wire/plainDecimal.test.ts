import { describe, expect, it } from "vitest";
import { plainDecimal } from "./plainDecimal.ts";

describe("numbers as clients write them", () => {
  it.each([
    ["150.10", "150.10"],
    ["0", "0"],
    ["-0.50", "-0.50"],
    ["+2", "2"],
    [".5", "0.5"],
    ["5.", "5"],
    ["1e-7", "0.0000001"],
    ["1e-07", "0.0000001"],
    ["1.0E-7", "0.0000001"],
    ["1.5E7", "15000000"],
    ["1.25e+1", "12.5"],
    ["-3E0", "-3"],
    ["123.456e-2", "1.23456"],
    ["0.000e5", "0"],
    ["9007199254740993.000000001", "9007199254740993.000000001"],
  ])("[TW2] %s is %s", (text, plain) => {
    expect(plainDecimal(text)).toBe(plain);
  });

  it.each(["", "-", ".", "e5", "1e", "1e5.5", "1e61", "1e-61", "1e999", "1".repeat(61), "1 000", "0x1", "١"])(
    "[TW2] %j is none",
    (text) => {
      expect(plainDecimal(text)).toBeUndefined();
    },
  );
});
