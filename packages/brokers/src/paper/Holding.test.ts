import { expect, it } from "vitest";
import { parseFixed } from "../domain/decimal.ts";
import { applyFill, averagePrice, NO_HOLDING } from "./Holding.ts";

it("[PX61] nothing has no average price", () => {
  expect(averagePrice(NO_HOLDING)).toBe(0n);
});

it("[PX60] [PX62] what closes of a fill is booked to the nearest billionth, half to the even one", () => {
  // Held 3e-9 shares; 6e-9 are sold at 0.50: 3e-9 × 0.50 = 1.5e-9 closes and is booked as 2e-9.
  const held = { quantity: 3n, cost: 2n, realized: 0n };
  expect(applyFill(held, "sell", 6n, parseFixed("0.5"), 3n)).toEqual({ quantity: -3n, cost: -1n, realized: 0n });
  // 5e-9 × 0.50 = 2.5e-9 is booked as 2e-9.
  const more = { quantity: 5n, cost: 2n, realized: 0n };
  expect(applyFill(more, "sell", 10n, parseFixed("0.5"), 5n)).toEqual({ quantity: -5n, cost: -3n, realized: 0n });
});
