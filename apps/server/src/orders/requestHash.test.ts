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
