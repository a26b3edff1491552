import { expect, it } from "vitest";
import { SYNTHETIC_INSTRUMENTS } from "./syntheticInstruments.ts";

it("[SY1] there are thirty instruments, each once, with figures that make sense", () => {
  expect(SYNTHETIC_INSTRUMENTS.length).toBe(30);
  expect(new Set(SYNTHETIC_INSTRUMENTS.map(({ symbol }) => symbol)).size).toBe(30);
  for (const { symbol, anchorPrice, annualVolatility, beta, dailyVolume, spreadCents } of SYNTHETIC_INSTRUMENTS) {
    const isPlausible =
      anchorPrice > 5 &&
      annualVolatility > 0.1 &&
      annualVolatility < 0.7 &&
      Math.abs(beta) < 2 &&
      dailyVolume >= 1e6 &&
      spreadCents / 100 < anchorPrice * 0.001 + 0.005;
    expect([symbol, isPlausible]).toEqual([symbol, true]);
  }
});
