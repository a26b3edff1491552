import { createHash } from "node:crypto";
import type { z } from "zod";
import type { placeOrderInput } from "../wire/orders.ts";

/** What a key stands for: the same key with another account or another order has another hash. */
export function requestHash({ accountId, order }: z.infer<typeof placeOrderInput>): string {
  const price = "price" in order ? order.price : null;
  const stopPrice = "stopPrice" in order ? order.stopPrice : null;
  const { symbol, side, type, quantity, timeInForce, extendedHours } = order;
  const parts = [accountId, symbol, side, type, quantity, price, stopPrice, timeInForce, extendedHours];
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}
