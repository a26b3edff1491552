import { createHash } from "node:crypto";
import { formatFixed, parseFixed } from "@trenddojo/brokers/domain";
import type { z } from "zod";
import type { orderInput, placeOrderInput } from "../wire/orders.ts";

type OrderInput = z.infer<typeof orderInput>;

/**
 * What a key stands for: the same key with another account or another order has another hash. "2" and "2.0" are the same
 * quantity. An order without special terms hashes as it did before there were any, so that stored hashes stay valid.
 */
export function requestHash({
  accountId,
  order,
}: Pick<z.infer<typeof placeOrderInput>, "accountId" | "order">): string {
  const price = "price" in order ? canonical(order.price) : null;
  const stopPrice = "stopPrice" in order ? canonical(order.stopPrice) : null;
  const { symbol, side, type, quantity, timeInForce, extendedHours } = order;
  const parts = [accountId, symbol, side, type, canonical(quantity), price, stopPrice, timeInForce, extendedHours];
  const special = specialTerms(order);
  const hashed = special.length === 0 ? parts : [...parts, special];
  return createHash("sha256").update(JSON.stringify(hashed)).digest("hex");
}

/** Name and value of each that is given, always in the same order. */
function specialTerms(order: OrderInput): (readonly [name: string, ...values: unknown[]])[] {
  const { expiresAt } = order;
  const notional = "notional" in order ? order.notional : undefined;
  const trail = "trail" in order ? order.trail : undefined;
  const { orderClass = "simple", takeProfit, stopLoss } = "orderClass" in order ? order : {};
  return [
    ...(expiresAt === undefined ? [] : [["expiresAt", Date.parse(expiresAt)] as const]),
    ...(notional === undefined ? [] : [["notional", canonical(notional)] as const]),
    ...(trail === undefined ? [] : [["trail", trail.by, canonical(trail.value)] as const]),
    ...(orderClass === "simple" ? [] : [["orderClass", orderClass] as const]),
    ...(takeProfit === undefined ? [] : [["takeProfit", canonical(takeProfit.price)] as const]),
    ...(stopLoss === undefined
      ? []
      : [["stopLoss", canonical(stopLoss.stopPrice), canonical(stopLoss.price)] as const]),
  ];
}

function canonical(decimal: string | undefined): string | null {
  return decimal === undefined ? null : formatFixed(parseFixed(decimal));
}
