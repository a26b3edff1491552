import { expect, it } from "vitest";
import { parseFixed as fixed } from "../domain/decimal.ts";
import { clientOrderId } from "../domain/ids.ts";
import { parsedOrder } from "../testing/builders.ts";
import { isSameOrder } from "./isSameOrder.ts";
import type { LinkedExits, ParsedOrder } from "./ParsedOrder.ts";

const LIMIT = { type: "limit", price: fixed(100), timeInForce: "gtc" } as const;
const bracket = (profit: number, stop: number, stopLimit?: number): LinkedExits => ({
  orderClass: "bracket",
  takeProfit: { price: fixed(profit) },
  stopLoss: { stopPrice: fixed(stop), ...(stopLimit === undefined ? {} : { price: fixed(stopLimit) }) },
});
const trailing = (by: "amount" | "percent", value: number): Partial<ParsedOrder> => ({
  side: "sell",
  type: "stop",
  trail: { by, value: fixed(value) },
});
const same = (a: Partial<ParsedOrder>, b: Partial<ParsedOrder>): boolean =>
  isSameOrder(parsedOrder(a), parsedOrder({ ...b, clientOrderId: clientOrderId("another") }));

it.each<[string, Partial<ParsedOrder>]>([
  ["market", {}],
  ["limit", LIMIT],
  ["with an end", { ...LIMIT, expiresAt: 1e12 }],
  ["bracket", { ...LIMIT, linked: bracket(110, 90, 89) }],
  ["trailing", trailing("percent", 1)],
  ["dollars", { quantity: 0n, notional: fixed(500) }],
])("[RK11] a %s order is the same as itself under another id", (_name, order) => {
  expect(same(order, order)).toBe(true);
});

it.each<[string, Partial<ParsedOrder>, Partial<ParsedOrder>]>([
  ["time in force", { timeInForce: "cls" }, { timeInForce: "opg" }],
  ["end", { ...LIMIT, expiresAt: 1e12 }, { ...LIMIT, expiresAt: 2e12 }],
  ["having an end", { ...LIMIT, expiresAt: 1e12 }, LIMIT],
  ["hours", { ...LIMIT, extendedHours: true }, LIMIT],
  ["profit", { ...LIMIT, linked: bracket(110, 90) }, { ...LIMIT, linked: bracket(111, 90) }],
  ["stop of an exit", { ...LIMIT, linked: bracket(110, 90) }, { ...LIMIT, linked: bracket(110, 91) }],
  ["limit of an exit", { ...LIMIT, linked: bracket(110, 90) }, { ...LIMIT, linked: bracket(110, 90, 89) }],
  ["having exits", { ...LIMIT, linked: bracket(110, 90) }, LIMIT],
  ["class", { ...LIMIT, linked: bracket(110, 90) }, { ...LIMIT, linked: { ...bracket(110, 90), orderClass: "oto" } }],
  ["distance", trailing("amount", 1), trailing("amount", 2)],
  ["kind of distance", trailing("amount", 1), trailing("percent", 1)],
  ["trailing", trailing("amount", 1), { side: "sell", type: "stop" }],
  ["dollars", { quantity: 0n, notional: fixed(500) }, { quantity: 0n, notional: fixed(501) }],
  ["having dollars", { quantity: 0n, notional: fixed(500) }, { quantity: 0n }],
  ["quantity", { quantity: fixed(1) }, { quantity: fixed(2) }],
  ["stop", { type: "stop", stopPrice: fixed(1) }, { type: "stop", stopPrice: fixed(2) }],
])("[RK11] another %s makes another order", (_name, a, b) => {
  expect([same(a, b), same(b, a)]).toEqual([false, false]);
});
