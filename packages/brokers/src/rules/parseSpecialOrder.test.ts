import { describe, expect, it } from "vitest";
import { parseFixed } from "../domain/decimal.ts";
import { parseOrder } from "./parseOrder.ts";

const BASE = { symbol: "AAPL", side: "buy", quantity: 10 };
const LIMIT = { ...BASE, type: "limit", price: 100 };

const rulesOf = (request: unknown): readonly string[] => {
  const parsed = parseOrder(request);
  return parsed.ok ? [] : parsed.issues.map(({ rule }) => rule);
};

describe("special orders, read", () => {
  it("[PX81] a trailing stop has a trail and no stop price", () => {
    const request = { ...BASE, type: "stop", trail: { by: "percent", value: "1.5" } };
    expect(parseOrder(request)).toMatchObject({
      ok: true,
      order: { type: "stop", stopPrice: null, trail: { by: "percent", value: parseFixed("1.5") } },
    });
    expect(rulesOf({ ...request, stopPrice: 90 })).toEqual(["price_format"]);
    expect(rulesOf({ ...request, timeInForce: "ioc" })).toEqual(["time_in_force_fits"]);
  });

  it.each([
    [{ by: "percent", value: "100" }],
    [{ by: "percent", value: 0 }],
    [{ by: "amount", value: -1 }],
    [{ by: "amount", value: Number.NaN }],
    [{ by: "feet", value: 1 }],
    ["1%"],
    [{}],
  ])("[PX81] the trail %j is refused", (trail) => {
    expect(rulesOf({ ...BASE, type: "stop", trail })).toEqual(["trail_format"]);
  });

  it("[PX85] an amount of money stands for the quantity of a market day order", () => {
    const request = { symbol: "AAPL", side: "buy", type: "market", notional: "250.50" };
    expect(parseOrder(request)).toMatchObject({ ok: true, order: { quantity: 0n, notional: parseFixed("250.50") } });
    expect(rulesOf({ ...request, quantity: 1 })).toEqual(["notional_format"]);
    expect(rulesOf({ ...request, notional: 0 })).toEqual(["notional_format"]);
    expect(rulesOf({ ...request, type: "limit", price: 1 })).toEqual(["notional_format"]);
    expect(rulesOf({ ...request, timeInForce: "gtc" })).toEqual(["time_in_force_fits"]);
  });

  it("[PX83] an end is an instant, and of a gtc order", () => {
    expect(parseOrder({ ...LIMIT, timeInForce: "gtc", expiresAt: 1e12 })).toMatchObject({
      ok: true,
      order: { expiresAt: 1e12 },
    });
    expect(rulesOf({ ...LIMIT, expiresAt: 1e12 })).toEqual(["expiry_fits"]);
    expect(rulesOf({ ...LIMIT, timeInForce: "gtc", expiresAt: "tomorrow" })).toEqual(["expiry_fits"]);
    expect(rulesOf({ ...LIMIT, timeInForce: "gtc", expiresAt: Number.POSITIVE_INFINITY })).toEqual(["expiry_fits"]);
  });

  it("[PX110] a bracket is read whole", () => {
    const request = {
      ...LIMIT,
      orderClass: "bracket",
      takeProfit: { price: "110" },
      stopLoss: { stopPrice: "95", price: "94.50" },
    };
    expect(parseOrder(request)).toMatchObject({
      ok: true,
      order: {
        linked: {
          orderClass: "bracket",
          takeProfit: { price: parseFixed("110") },
          stopLoss: { stopPrice: parseFixed("95"), price: parseFixed("94.50") },
        },
      },
    });
  });

  it.each([
    ["an unknown class", { orderClass: "spread" }, "order_class_known"],
    ["exits without a class", { takeProfit: { price: 110 } }, "exits_fit"],
    ["a bracket without a stop", { orderClass: "bracket", takeProfit: { price: 110 } }, "exits_fit"],
    ["a bracket without a profit", { orderClass: "bracket", stopLoss: { stopPrice: 95 } }, "exits_fit"],
    ["an oto without an exit", { orderClass: "oto" }, "exits_fit"],
    ["an oto with two", { orderClass: "oto", takeProfit: { price: 110 }, stopLoss: { stopPrice: 95 } }, "exits_fit"],
    [
      "an oco with a profit of its own",
      { orderClass: "oco", takeProfit: { price: 90 }, stopLoss: { stopPrice: 95 } },
      "exits_fit",
    ],
    ["a profit below the entry", { orderClass: "oto", takeProfit: { price: 99 } }, "exits_fit"],
    ["a stop above the entry", { orderClass: "oto", stopLoss: { stopPrice: 101 } }, "exits_fit"],
    ["a stop off the tick", { orderClass: "oto", stopLoss: { stopPrice: "95.001" } }, "price_tick"],
    ["an exit that is a number", { orderClass: "oto", stopLoss: 95 }, "exits_fit"],
    [
      "a class for extended hours",
      { orderClass: "oto", stopLoss: { stopPrice: 95 }, extendedHours: true },
      "exits_fit",
    ],
    ["a class that is ioc", { orderClass: "oto", stopLoss: { stopPrice: 95 }, timeInForce: "ioc" }, "exits_fit"],
  ])("[PX110] %s is refused", (_title, change, rule) => {
    expect(rulesOf({ ...LIMIT, ...change })).toContain(rule);
  });

  it.each([
    ["stopLoss", { stopLoss: { stopPrice: 101 } }],
    ["stopLoss", { stopLoss: { stopPrice: "95.001" } }],
    ["stopLoss", { stopLoss: { stopPrice: 95, price: "94.501" } }],
    ["takeProfit", { takeProfit: { price: 99 } }],
    ["takeProfit", { takeProfit: { price: "110.001" } }],
    ["orderClass", {}],
  ])("[PX110] what is wrong with an exit is told at %s, not at a price of the order itself", (field, exits) => {
    const parsed = parseOrder({ ...LIMIT, orderClass: "oto", ...exits });
    expect(parsed.ok ? [] : parsed.issues.map((issue) => issue.field)).toEqual([field]);
  });

  it("[PX110] a price of an exit is called by the exit's name", () => {
    const parsed = parseOrder({ ...LIMIT, orderClass: "oto", takeProfit: { price: "110.001" } });
    expect(parsed.ok ? "" : parsed.issues[0]?.message).toContain("the profit at 110.001 is not a multiple of 0.01");
  });

  it("[PX110] the exits of a sale lie the other way round", () => {
    const sale = { ...LIMIT, side: "sell", orderClass: "bracket" };
    expect(rulesOf({ ...sale, takeProfit: { price: 95 }, stopLoss: { stopPrice: 105 } })).toEqual([]);
    expect(rulesOf({ ...sale, takeProfit: { price: 105 }, stopLoss: { stopPrice: 95 } })).toEqual(["exits_fit"]);
  });
});
