import { describe, expect, it } from "vitest";
import { parseFixed, type DecimalInput } from "../../domain/decimal.ts";
import type { OrderSide } from "../../domain/order.ts";
import type { Execution } from "../orders/ExecutionLedger.ts";
import { basisOf } from "./CostBasis.ts";

const trade = (side: OrderSide, quantity: number, price: DecimalInput, conId = 1): Execution => ({
  execId: `${side} ${quantity} ${price}`,
  permId: 7,
  clientOrderId: "mine",
  conId,
  symbol: "AAPL",
  side,
  quantity: parseFixed(quantity),
  price: parseFixed(price),
  filledAt: 0,
});
const held = (shares: number, conId = 1) => new Map([[conId, parseFixed(shares)]]);

describe("basisOf", () => {
  it("[IB31] what a position cost is reckoned without fees, and a part sale leaves it", () => {
    const trades = [trade("buy", 10, "100.02"), trade("buy", 30, "102.02"), trade("sell", 5, "101.98")];
    expect(basisOf(trades, held(35)).get(1)).toEqual({
      averagePrice: parseFixed("101.52"),
      realized: parseFixed("2.3"),
    });
  });

  it("[IB31] a sale beyond what is held turns the position around at its own price", () => {
    const trades = [trade("buy", 10, 100), trade("sell", 25, 110), trade("buy", 5, 105)];
    expect(basisOf(trades, held(-10)).get(1)).toEqual({ averagePrice: parseFixed(110), realized: parseFixed(125) });
  });

  it("[IB31] a position that the executions do not account for has no basis, and one that is closed has its gain", () => {
    expect(basisOf([trade("buy", 10, 100)], held(25)).has(1)).toBe(false);
    const closed = basisOf([trade("sell", 10, 100), trade("buy", 10, 90)], new Map());
    expect(closed.get(1)).toEqual({ averagePrice: 0n, realized: parseFixed(100) });
  });
});
