import { describe, expect, it } from "vitest";
import { parseFixed } from "../../domain/decimal.ts";
import { parsedOrder } from "../../testing/builders.ts";
import type { ParsedOrder } from "../../rules/ParsedOrder.ts";
import type { IBContract, IBOrderTold } from "../session/vendorTypes.ts";
import { draftOrders } from "./draftOrders.ts";
import type { OrderTerms } from "./OrderTerms.ts";
import { orderedContract } from "./orderedContract.ts";
import { readIBOrder } from "./readIBOrder.ts";
import { toIBOrder } from "./toIBOrder.ts";

const FRAME = { account: "DU1", orderRef: "order-1", transmit: true };
const STOCK: IBContract = { conId: 1, symbol: "BRK B", secType: "STK" };
const at = (price: string) => ({ price: parseFixed(price) });

/** An order's terms, and what of it is written for them beside account, side, reference and quantity. */
const KINDS: Readonly<Record<string, readonly [Partial<ParsedOrder>, object]>> = {
  market: [{}, { orderType: "MKT", tif: "DAY" }],
  limit: [
    { type: "limit", ...at("99.5") },
    { orderType: "LMT", lmtPrice: "99.5", tif: "DAY" },
  ],
  stop: [
    { type: "stop", stopPrice: parseFixed(98) },
    { orderType: "STP", auxPrice: "98", tif: "DAY" },
  ],
  "stop limit": [
    { type: "stop_limit", ...at("97.9"), stopPrice: parseFixed(98), timeInForce: "gtc" },
    { orderType: "STP LMT", lmtPrice: "97.9", auxPrice: "98", tif: "GTC" },
  ],
  "trailing stop by an amount": [
    { type: "stop", trail: { by: "amount", value: parseFixed("1.5") } },
    { orderType: "TRAIL", auxPrice: "1.5", tif: "DAY" },
  ],
  "trailing stop by a percentage": [
    { type: "stop", trail: { by: "percent", value: parseFixed("0.75") } },
    { orderType: "TRAIL", trailingPercent: "0.75", tif: "DAY" },
  ],
  "market for the closing": [{ timeInForce: "cls" }, { orderType: "MOC", tif: "DAY" }],
  "limit for the closing": [
    { timeInForce: "cls", type: "limit", ...at("99.5") },
    { orderType: "LOC", lmtPrice: "99.5", tif: "DAY" },
  ],
  "limit for the opening": [
    { timeInForce: "opg", type: "limit", ...at("99.5") },
    { orderType: "LMT", lmtPrice: "99.5", tif: "OPG" },
  ],
  ioc: [
    { timeInForce: "ioc", type: "limit", ...at("99.5") },
    { orderType: "LMT", lmtPrice: "99.5", tif: "IOC" },
  ],
  fok: [
    { timeInForce: "fok", type: "limit", ...at("99.5") },
    { orderType: "LMT", lmtPrice: "99.5", tif: "FOK" },
  ],
  "limit with an end": [
    { timeInForce: "gtc", type: "limit", ...at("99.5"), expiresAt: Date.UTC(2026, 11, 1, 20, 30, 5) },
    { orderType: "LMT", lmtPrice: "99.5", tif: "GTD", goodTillDate: "20261201-20:30:05" },
  ],
};

describe("orders in Interactive Brokers' words", () => {
  it.each(Object.entries(KINDS))("[IB20] a %s order says exactly this", (_, [change, written]) => {
    expect(toIBOrder(parsedOrder(change), FRAME)).toEqual({
      ...FRAME,
      ...written,
      action: "BUY",
      totalQuantity: "10",
      outsideRth: false,
    });
  });

  it.each(Object.entries(KINDS))("[IB20] a %s order is read as it was meant", (_, [change]) => {
    const order = parsedOrder({ symbol: "BRK.B", ...change });
    const written = toIBOrder(order, FRAME);
    // The gateway tells numbers, and 0 for what an order has not.
    const told: IBOrderTold = Object.fromEntries(
      Object.entries({ lmtPrice: "0", auxPrice: "0", ...written }).map(([field, value]) => [
        field,
        typeof value === "string" && /Price$|Quantity$|Percent$/.test(field) ? Number(value) : value,
      ]),
    );
    const { symbol, side, type, timeInForce, extendedHours, quantity, price, stopPrice, trail, expiresAt } = order;
    const terms: OrderTerms = { symbol, side, type, timeInForce, extendedHours, quantity, price, stopPrice };
    expect(readIBOrder(STOCK, told)).toEqual({
      ...terms,
      ...(trail === undefined ? {} : { trail }),
      ...(expiresAt === undefined ? {} : { expiresAt }),
    });
  });

  it("[IB76] a change names the contract as the order did, without what the library filled in", () => {
    const sent = { conId: 265598, symbol: "AAPL", secType: "STK", exchange: "SMART", currency: "USD" } as const;
    const told: IBContract = { ...sent, strike: 0, multiplier: 0, localSymbol: "AAPL", tradingClass: "NMS" };
    expect(orderedContract(told)).toEqual(sent);
  });

  it("[H14] prices and quantities are written as exact texts, never as floats", () => {
    const order = parsedOrder({ type: "limit", price: parseFixed("0.0001"), quantity: parseFixed("0.000000001") });
    expect(toIBOrder(order, FRAME)).toMatchObject({ lmtPrice: "0.0001", totalQuantity: "0.000000001" });
    for (const value of Object.values(toIBOrder(order, FRAME))) expect(typeof value).not.toBe("number");
  });

  it("[H7] whether an order is transmitted is always said", () => {
    expect(toIBOrder(parsedOrder(), { ...FRAME, transmit: false })).toMatchObject({ transmit: false });
    expect(toIBOrder(parsedOrder(), FRAME)).toMatchObject({ transmit: true });
  });

  it("[IB20] an order that the desk has no words for is none, whatever it says", () => {
    const told: IBOrderTold = { action: "BUY", totalQuantity: 1, orderType: "LMT", lmtPrice: 1, tif: "DAY" };
    expect(readIBOrder(STOCK, told)).not.toBeNull();
    expect(readIBOrder({ ...STOCK, secType: "OPT" }, told)).toBeNull();
    expect(readIBOrder(STOCK, { ...told, orderType: "REL" })).toBeNull();
    expect(readIBOrder(STOCK, { ...told, tif: "AUC" })).toBeNull();
    expect(readIBOrder(STOCK, { ...told, action: "SLONG" })).toBeNull();
    expect(readIBOrder(STOCK, { ...told, totalQuantity: 1.7976931348623157e308 })).toBeNull();
    expect(readIBOrder(STOCK, { ...told, orderType: "TRAIL" })).toBeNull();
  });
});

describe("draftOrders", () => {
  const limit = { type: "limit", ...at("99.5") } as const;
  const takeProfit = at("101");
  const stopLoss = { stopPrice: parseFixed(98) };
  const shapeOf = (order: ParsedOrder) =>
    draftOrders(order).map(({ orderRef, role, isChild, transmit, oca, terms: { side, type, price, stopPrice } }) => ({
      orderRef,
      role,
      isChild,
      transmit,
      oca: oca?.name ?? null,
      terms: [side, type, price, stopPrice],
    }));

  it("[IB25] no entry works without its exits: only the last of them is transmitted", () => {
    const linked = { orderClass: "bracket", takeProfit, stopLoss } as const;
    expect(shapeOf(parsedOrder({ ...limit, linked }))).toEqual([
      {
        orderRef: "order-1",
        role: "entry",
        isChild: false,
        transmit: false,
        oca: null,
        terms: ["buy", "limit", limit.price, null],
      },
      {
        orderRef: "order-1:tp",
        role: "take_profit",
        isChild: true,
        transmit: false,
        oca: null,
        terms: ["sell", "limit", takeProfit.price, null],
      },
      {
        orderRef: "order-1:sl",
        role: "stop_loss",
        isChild: true,
        transmit: true,
        oca: null,
        terms: ["sell", "stop", null, stopLoss.stopPrice],
      },
    ]);
    const oto = { orderClass: "oto", takeProfit: null, stopLoss: { ...stopLoss, ...at("97.9") } } as const;
    expect(shapeOf(parsedOrder({ linked: oto }))).toMatchObject([
      { transmit: false, role: "entry" },
      { transmit: true, role: "stop_loss", terms: ["sell", "stop_limit", parseFixed("97.9"), stopLoss.stopPrice] },
    ]);
  });

  it("[IB25] the exits of an oco work each by itself, on one side and in one group", () => {
    const linked = { orderClass: "oco", takeProfit: null, stopLoss } as const;
    expect(shapeOf(parsedOrder({ ...limit, side: "sell", linked }))).toMatchObject([
      {
        orderRef: "order-1",
        role: "take_profit",
        transmit: true,
        isChild: false,
        oca: "order-1",
        terms: ["sell", "limit", limit.price, null],
      },
      {
        orderRef: "order-1:oco",
        role: "stop_loss",
        transmit: true,
        isChild: false,
        oca: "order-1",
        terms: ["sell", "stop", null, stopLoss.stopPrice],
      },
    ]);
  });
});
