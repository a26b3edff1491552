import { describe, expect, it } from "vitest";
import { parseFixed as fixed } from "../domain/decimal.ts";
import { countedOrders } from "./countedOrders.ts";
import { exposureBySymbol, worstCaseQuantity } from "./exposure.ts";
import type { ExposedOrder } from "./RiskInput.ts";

function order(change: Partial<ExposedOrder> = {}): ExposedOrder {
  return { symbol: "AAPL", side: "sell", remaining: fixed(100), price: fixed(110), ...change };
}

const ENTRY = order({ side: "buy", groupId: "g", role: "entry" });
const PROFIT = order({ groupId: "g", role: "take_profit" });
const STOP = order({ groupId: "g", role: "stop_loss" });
const worst = (orders: readonly ExposedOrder[], held = 0): bigint | undefined => {
  const position = { symbol: "AAPL", quantity: fixed(held), price: fixed(100) };
  const exposure = exposureBySymbol(held === 0 ? [] : [position], orders).get("AAPL");
  return exposure === undefined ? undefined : worstCaseQuantity(exposure);
};

describe("which open orders count", () => {
  it("[RK15] exits that are held do not, their entry does", () => {
    const held = [ENTRY, { ...PROFIT, isHeld: true }, { ...STOP, isHeld: true }];
    expect(countedOrders(held)).toEqual([ENTRY]);
    expect(worst(held)).toBe(fixed(100));
  });

  it("[RK15] of two exits that work the profit does, whatever their order", () => {
    expect(countedOrders([PROFIT, STOP])).toEqual([PROFIT]);
    expect(countedOrders([STOP, PROFIT])).toEqual([PROFIT]);
    expect(worst([PROFIT, STOP], 100)).toBe(fixed(100));
    expect(worst([PROFIT, { ...STOP, groupId: "another" }], 100)).toBe(fixed(100));
    expect(worst([PROFIT, { ...STOP, groupId: "another" }], 50)).toBe(fixed(150));
  });

  it("[RK15] a stop whose profit is held, gone or of another group does", () => {
    for (const others of [[], [{ ...PROFIT, isHeld: true }], [{ ...PROFIT, groupId: "another" }]]) {
      expect(countedOrders([STOP, ...others])).toContain(STOP);
    }
  });

  it("[RK15] simple orders do, each", () => {
    const simple = [order(), order({ groupId: null, role: null, isHeld: false })];
    expect(countedOrders(simple)).toEqual(simple);
  });
});
