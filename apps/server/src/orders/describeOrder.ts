import type { Mode, Price, Quantity } from "@trenddojo/brokers/domain";
import { priceText } from "./priceText.ts";

/** "buy 100 AAPL limit 187.50 (paper)". */
export function describeOrder(row: {
  readonly side: string;
  readonly quantity: Quantity;
  readonly symbol: string;
  readonly type: string;
  readonly price: Price | null;
  readonly stopPrice: Price | null;
  readonly mode: Mode;
}): string {
  const stop = row.stopPrice === null ? "" : ` at ${priceText(row.stopPrice)}`;
  const limit = row.price === null ? "" : `${row.stopPrice === null ? "" : " limit"} ${priceText(row.price)}`;
  return `${row.side} ${row.quantity} ${row.symbol} ${row.type.replace("_", "-")}${stop}${limit} (${row.mode})`;
}
