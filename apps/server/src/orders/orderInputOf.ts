import type { z } from "zod";
import type { orderInput } from "../wire/orders.ts";

type OrderInput = z.infer<typeof orderInput>;

/** The wire's order as the rules of @trenddojo/brokers read one: instants in epoch milliseconds. */
export function orderInputOf({ expiresAt, ...order }: OrderInput) {
  return expiresAt === undefined ? order : { ...order, expiresAt: Date.parse(expiresAt) };
}
