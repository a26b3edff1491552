import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatFixed, parseFixed } from "../domain/decimal.ts";
import { clientOrderId } from "../domain/ids.ts";
import { BAD_ORDERS } from "../testing/contract/badOrders.ts";
import { ORDER_RULES } from "./orderRules.ts";
import { DRAFT_CLIENT_ORDER_ID, parseOrder } from "./parseOrder.ts";
import { parseOrderUpdate } from "./parseOrderUpdate.ts";
import { isOnTick, nearestTick } from "./tickSize.ts";
import { toValidationResult } from "./toValidationResult.ts";

const LIMIT = { symbol: "BRK.B", side: "sell", type: "limit", quantity: "1.5", price: 400.25 };

describe("reading an order", () => {
  it("[RK1] a whole order is read, and what it leaves out has its default", () => {
    expect(parseOrder(LIMIT)).toEqual({
      ok: true,
      order: {
        clientOrderId: DRAFT_CLIENT_ORDER_ID,
        symbol: "BRK.B",
        side: "sell",
        type: "limit",
        timeInForce: "day",
        extendedHours: false,
        quantity: 1_500_000_000n,
        price: 400_250_000_000n,
        stopPrice: null,
      },
    });
  });

  it("[RK1] the request's own id wins over the one that is offered", () => {
    const offered = clientOrderId("offered");
    expect(parseOrder(LIMIT, offered)).toMatchObject({ order: { clientOrderId: "offered" } });
    expect(parseOrder({ ...LIMIT, clientOrderId: "own" }, offered)).toMatchObject({ order: { clientOrderId: "own" } });
  });

  it.each(BAD_ORDERS)("[RK1] $what is refused, and names its field", ({ order, field }) => {
    const parsed = parseOrder(order);
    expect(parsed).toMatchObject({
      ok: false,
      issues: [{ code: "INVALID_ORDER", ...(field === null ? {} : { field }) }],
    });
  });

  it("[RK1] the largest quantity and the largest price are read", () => {
    expect(parseOrder({ ...LIMIT, quantity: 1_000_000_000, price: 10_000_000 })).toMatchObject({ ok: true });
  });

  it("[RK1] every fault of an order is reported at once", () => {
    const parsed = parseOrder({
      symbol: "x",
      side: "up",
      type: "limit",
      quantity: -1,
      price: "0",
      timeInForce: "never",
      extendedHours: 1,
    });
    const { isValid, errors } = toValidationResult(parsed.ok ? [] : parsed.issues);
    expect(isValid).toBe(false);
    expect(errors).toEqual([
      "Invalid order symbol",
      "Invalid order side",
      "Invalid time in force",
      "Extended hours do not fit the order",
      "Invalid order quantity",
      "Invalid order price",
    ]);
  });

  it("[RK1] nothing that is sent makes it throw, and every issue is a rule with a code", () => {
    const field = fc.oneof(
      fc.anything(),
      fc.constantFrom("AAPL", "buy", "limit", "stop", "day", "1", 10, -1, Number.NaN),
    );
    const request = fc.record(
      {
        symbol: field,
        side: field,
        type: field,
        quantity: field,
        price: field,
        stopPrice: field,
        timeInForce: field,
        extendedHours: field,
        clientOrderId: field,
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(request, fc.anything()), (input) => {
        const parsed = parseOrder(input);
        for (const { rule, code, message } of parsed.ok ? [] : parsed.issues) {
          expect(Object.entries(ORDER_RULES).find(([name]) => name === rule)?.[1].code).toBe(code);
          expect(message.length).toBeLessThan(250);
        }
        expect(parsed.ok || parsed.issues.length > 0).toBe(true);
        expect(parseOrderUpdate(input)).toHaveProperty("ok");
      }),
      { numRuns: 500 },
    );
  });

  it("[RK2] a price off the tick is refused with the nearest one that is on it", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 10n ** 15n }), (price) => {
        const parsed = parseOrder({ ...LIMIT, price: formatFixed(price) });
        expect(parsed.ok).toBe(isOnTick(price));
        const nearest = nearestTick(price);
        expect(isOnTick(nearest)).toBe(true);
        const expected = isOnTick(price) ? [] : [{ rule: "price_tick", params: { nearest: formatFixed(nearest) } }];
        expect(parsed.ok ? [] : parsed.issues).toMatchObject(expected);
      }),
    );
  });

  it.each([
    ["1", true],
    ["1.01", true],
    ["1.001", false],
    ["0.9999", true],
    ["0.99995", false],
    ["0.0001", true],
  ])("[RK2] %s is on the tick: %s", (price, expected) => {
    expect(isOnTick(parseFixed(price))).toBe(expected);
  });

  it("[RK2] the nearest tick of what rounds up to a dollar is a dollar, and of dust is the smallest tick", () => {
    expect(formatFixed(nearestTick(parseFixed("0.99996")))).toBe("1");
    expect(formatFixed(nearestTick(1n))).toBe("0.0001");
  });
});

describe("reading an update", () => {
  it("[RK1] it has only what it changes", () => {
    expect(parseOrderUpdate({ price: "91.5" })).toEqual({ ok: true, changes: { price: 91_500_000_000n } });
    expect(parseOrderUpdate({ quantity: 3, timeInForce: "gtc" })).toEqual({
      ok: true,
      changes: { quantity: 3_000_000_000n, timeInForce: "gtc" },
    });
  });

  it.each([{}, { price: undefined }, null, [], "91", { price: null }, { quantity: 0 }, { timeInForce: "soon" }])(
    "[RK1] %j is refused",
    (update) => {
      expect(parseOrderUpdate(update)).toMatchObject({ ok: false, issues: [{ code: "INVALID_ORDER" }] });
    },
  );
});
