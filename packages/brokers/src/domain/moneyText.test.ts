import { expect, it } from "vitest";
import { parseFixed } from "./decimal.ts";
import { moneyText } from "./moneyText.ts";

it("[DC6] dollars in a sentence stand in groups of three, to the cent", () => {
  for (const [value, text] of [
    ["0", "0.00"],
    ["-999.5", "-999.50"],
    ["1000", "1,000.00"],
    ["-123456.785", "-123,456.78"],
    ["289360", "289,360.00"],
    ["1000000000000.01", "1,000,000,000,000.01"],
  ] as const) {
    expect(moneyText(parseFixed(value))).toBe(text);
  }
});
