import { expect, it } from "vitest";
import { placeOrderInput } from "../wire/orders.ts";
import { requestHash } from "./requestHash.ts";

const KEY = "01936d3c-7a10-7b3e-8c2a-5f0a1b2c3d4e";
const request = (order: object, key = KEY) => placeOrderInput.parse({ accountId: "a", idempotencyKey: key, order });
const limit = { symbol: "AAPL", side: "buy", type: "limit", quantity: "2", price: "187.5" };

it("[SV10] two spellings of a number are the same order, two numbers are not", () => {
  const hash = requestHash(request(limit));
  expect(requestHash(request({ ...limit, quantity: "02.0", price: "187.500" }))).toBe(hash);
  expect(requestHash(request({ ...limit, quantity: "3" }))).not.toBe(hash);
  expect(requestHash(request({ ...limit, price: "187.51" }))).not.toBe(hash);
});

it("[SV10] two spellings of a key are the same key", () => {
  expect(request(limit, KEY.toUpperCase()).idempotencyKey).toBe(KEY);
});

it("[SV52] an order without special terms hashes as it did before there were any", () => {
  const before = "f88f3f7e4f3483f75c6f93e2a35f3933d32bf23a2c7f840a198ae21e318a4a13";
  expect(requestHash(request(limit))).toBe(before);
  expect(requestHash(request({ ...limit, orderClass: "simple" }))).toBe(before);
});

it("[SV52] every special term counts, by its value and not by its spelling", () => {
  const market = { symbol: "AAPL", side: "buy", type: "market", quantity: "2" };
  const { quantity: _quantity, ...unsized } = market;
  const stop = { symbol: "AAPL", side: "sell", type: "stop", quantity: "2" };
  const gtc = { ...limit, timeInForce: "gtc" };
  const oto = { ...limit, orderClass: "oto" };
  const orders: readonly object[] = [
    limit,
    gtc,
    { ...gtc, expiresAt: "2027-01-01T00:00:00Z" },
    { ...gtc, expiresAt: "2027-01-01T00:00:01Z" },
    market,
    { ...unsized, notional: "500" },
    { ...unsized, notional: "500.01" },
    { ...stop, stopPrice: "1" },
    { ...stop, trail: { by: "amount", value: "1" } },
    { ...stop, trail: { by: "percent", value: "1" } },
    { ...stop, trail: { by: "percent", value: "1.5" } },
    { ...oto, takeProfit: { price: "190" } },
    { ...oto, stopLoss: { stopPrice: "180" } },
    { ...oto, stopLoss: { stopPrice: "180", price: "179" } },
    { ...oto, orderClass: "bracket", stopLoss: { stopPrice: "180" } },
    { ...oto, orderClass: "bracket", stopLoss: { stopPrice: "180" }, takeProfit: { price: "190" } },
    { ...oto, orderClass: "oco", stopLoss: { stopPrice: "180" } },
  ];
  expect(new Set(orders.map((order) => requestHash(request(order)))).size).toBe(orders.length);
  const spelled = { ...oto, stopLoss: { stopPrice: "0180.0", price: "179.00" } };
  expect(requestHash(request(spelled))).toBe(
    requestHash(request({ ...oto, stopLoss: { price: "179", stopPrice: "180" } })),
  );
  expect(requestHash(request({ ...gtc, expiresAt: "2027-01-01T00:00:00.000Z" }))).toBe(
    requestHash(request({ ...gtc, expiresAt: "2027-01-01T00:00:00Z" })),
  );
});
