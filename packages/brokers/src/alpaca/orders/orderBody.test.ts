import { describe, expect, it } from "vitest";
import { parseFixed } from "../../domain/decimal.ts";
import type { OrderRequest } from "../../domain/order.ts";
import { parseOrder } from "../../rules/parseOrder.ts";
import { toOrderBody, toReplaceBody } from "./orderBody.ts";

const BUY = { symbol: "AAPL", side: "buy", clientOrderId: "tdP-1" } as const;
const SELL = { ...BUY, side: "sell" } as const;
const SAID = { client_order_id: "tdP-1", symbol: "AAPL", side: "buy", time_in_force: "day" };
const SOLD = { ...SAID, side: "sell" };

const CASES: readonly (readonly [string, OrderRequest, object])[] = [
  ["a market order", { ...BUY, type: "market", quantity: 10 }, { ...SAID, type: "market", qty: "10" }],
  [
    "a part of a share",
    { ...BUY, type: "market", quantity: "0.057436865" },
    { ...SAID, type: "market", qty: "0.057436865" },
  ],
  ["an amount of money", { ...BUY, type: "market", notional: "5.5" }, { ...SAID, type: "market", notional: "5.5" }],
  [
    "a limit order",
    { ...BUY, type: "limit", quantity: 1, price: "90.10" },
    { ...SAID, type: "limit", qty: "1", limit_price: "90.1" },
  ],
  [
    "a stop",
    { ...SELL, type: "stop", quantity: 1, stopPrice: 88 },
    { ...SOLD, type: "stop", qty: "1", stop_price: "88" },
  ],
  [
    "a stop-limit",
    { ...SELL, type: "stop_limit", quantity: 1, stopPrice: 88, price: "87.5" },
    { ...SOLD, type: "stop_limit", qty: "1", stop_price: "88", limit_price: "87.5" },
  ],
  [
    "a trailing stop by dollars",
    { ...SELL, type: "stop", quantity: 1, trail: { by: "amount", value: "1.5" } },
    { ...SOLD, type: "trailing_stop", qty: "1", trail_price: "1.5" },
  ],
  [
    "a trailing stop by percent",
    { ...SELL, type: "stop", quantity: 1, trail: { by: "percent", value: 2 }, timeInForce: "gtc" },
    { ...SOLD, type: "trailing_stop", qty: "1", trail_percent: "2", time_in_force: "gtc" },
  ],
  [
    "extended hours",
    { ...BUY, type: "limit", quantity: 1, price: 90, extendedHours: true },
    { ...SAID, type: "limit", qty: "1", limit_price: "90", extended_hours: true },
  ],
  [
    "a bracket",
    {
      ...BUY,
      type: "market",
      quantity: 10,
      orderClass: "bracket",
      takeProfit: { price: 101 },
      stopLoss: { stopPrice: 98, price: "97.5" },
    },
    {
      ...SAID,
      type: "market",
      qty: "10",
      order_class: "bracket",
      take_profit: { limit_price: "101" },
      stop_loss: { stop_price: "98", limit_price: "97.5" },
    },
  ],
  [
    "an oco, whose limit is its profit",
    { ...SELL, type: "limit", quantity: 10, price: 101, orderClass: "oco", stopLoss: { stopPrice: 98 } },
    {
      ...SOLD,
      type: "limit",
      qty: "10",
      order_class: "oco",
      take_profit: { limit_price: "101" },
      stop_loss: { stop_price: "98" },
    },
  ],
  [
    "an oto",
    { ...BUY, type: "limit", quantity: 10, price: 90, orderClass: "oto", takeProfit: { price: 101 } },
    { ...SAID, type: "limit", qty: "10", limit_price: "90", order_class: "oto", take_profit: { limit_price: "101" } },
  ],
  ...(["ioc", "fok", "opg", "cls"] as const).map((timeInForce): readonly [string, OrderRequest, object] => [
    timeInForce,
    { ...BUY, type: "limit", quantity: 1, price: 90, timeInForce },
    { ...SAID, type: "limit", qty: "1", limit_price: "90", time_in_force: timeInForce },
  ]),
];

describe("an order in Alpaca's words", () => {
  it.each(CASES)("[AL20] %s", (_what, request, body) => {
    const parsed = parseOrder(request);
    expect(parsed.ok ? toOrderBody(parsed.order) : parsed.issues).toEqual(body);
  });

  it("[AL20] a replacement has what changes, and no more", () => {
    expect(toReplaceBody({ price: parseFixed("91.5") }, 0n)).toEqual({ limit_price: "91.5" });
    expect(
      toReplaceBody({ quantity: parseFixed("12"), stopPrice: parseFixed("88"), timeInForce: "gtc" }, parseFixed("2")),
    ).toEqual({
      qty: "10",
      stop_price: "88",
      time_in_force: "gtc",
    });
  });
});
