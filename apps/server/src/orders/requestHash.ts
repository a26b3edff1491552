import { createHash } from "node:crypto";
import { formatFixed, parseFixed } from "@trenddojo/brokers/domain";
import type { z } from "zod";
import type { placeOrderInput } from "../wire/orders.ts";

/**
 * What a key stands for: the same key with another account or another order has another hash. "2" and "2.0" are the same
 * quantity.
 */
export function requestHash({ accountId, order }: z.infer<typeof placeOrderInput>): string {
  const price = "price" in order ? canonical(order.price) : null;
  const stopPrice = "stopPrice" in order ? canonical(order.stopPrice) : null;
  const { symbol, side, type, quantity, timeInForce, extendedHours } = order;
  const parts = [accountId, symbol, side, type, canonical(quantity), price, stopPrice, timeInForce, extendedHours];
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}

function canonical(decimal: string): string {
  return formatFixed(parseFixed(decimal));
}
