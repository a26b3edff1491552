import type { GroupRole, Mode, Money, OrderClass, Price, Quantity, Trail } from "@trenddojo/brokers/domain";
import { priceText } from "./priceText.ts";

/** A member of a linked group, as a sentence names it. */
export const ROLE_NAMES = {
  entry: "entry",
  take_profit: "profit exit",
  stop_loss: "stop exit",
} as const satisfies Record<GroupRole, string>;

/** "buy 100 AAPL limit 187.50 (paper)", "sell 100 AAPL stop trailing 1.5 % (paper)", "buy 500.00 dollars of AAPL market (paper)". */
export function describeOrder(row: {
  readonly side: string;
  readonly quantity: Quantity;
  readonly symbol: string;
  readonly type: string;
  readonly price: Price | null;
  readonly stopPrice: Price | null;
  readonly trailBy: Trail["by"] | null;
  readonly trailValue: Price | null;
  readonly notional: Money | null;
  readonly orderClass: OrderClass | null;
  readonly groupRole: GroupRole | null;
  readonly mode: Mode;
}): string {
  const { trailBy, trailValue, orderClass, groupRole } = row;
  const amount = row.notional === null ? row.quantity : `${priceText(row.notional)} dollars of`;
  const trail =
    trailBy === null || trailValue === null
      ? null
      : ` trailing ${trailBy === "percent" ? `${trailValue} %` : priceText(trailValue)}`;
  const stop = trail ?? (row.stopPrice === null ? "" : ` at ${priceText(row.stopPrice)}`);
  const limit = row.price === null ? "" : `${row.stopPrice === null ? "" : " limit"} ${priceText(row.price)}`;
  const place = orderClass === null || groupRole === null ? "" : `, ${ROLE_NAMES[groupRole]} of ${PHRASES[orderClass]}`;
  return `${row.side} ${amount} ${row.symbol} ${row.type.replace("_", "-")}${stop}${limit}${place} (${row.mode})`;
}

const PHRASES = { bracket: "a bracket", oco: "an oco", oto: "an oto" } as const satisfies Record<OrderClass, string>;
