import { fixedFromTick, type MarketData } from "@trenddojo/brokers/domain";
import type { OrderTicket } from "./OrderTicket.ts";

/** MIT and LIT: the market has come to the order's price or beyond, from the side where it helps. */
export function isTouched({ side, stop }: Pick<OrderTicket, "side" | "stop">, { last, bid, ask }: MarketData): boolean {
  const seen = last ?? (side === "buy" ? ask : bid);
  if (stop === null || seen === null) return false;
  const price = fixedFromTick(seen);
  return side === "buy" ? price <= stop : price >= stop;
}
