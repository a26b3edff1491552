import { expect, it } from "vitest";
import { termsText } from "./termsText.ts";

it("[SV55] an order's terms are told in words, those that it has", () => {
  expect(termsText({ quantity: "40", stopPrice: "180", price: "179.5" })).toBe("40 shares, stop 180.00, limit 179.50");
  expect(termsText({ stopPrice: "251" })).toBe("stop 251.00");
  expect(termsText({ quantity: "0.5", stopPrice: null, price: "0.1234" })).toBe("0.5 shares, limit 0.1234");
});
