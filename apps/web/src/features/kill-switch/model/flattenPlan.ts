import type { AccountView, PositionView } from "@trenddojo/server/wire";
import { formatDecimal, QUANTITY, signOf } from "../../../lib/decimalText.ts";

export interface HeldPosition {
  readonly account: AccountView;
  readonly position: PositionView;
}

export interface ClosingOrder extends HeldPosition {
  readonly key: string;
  /** "Sell 100 AAPL" */
  readonly title: string;
}

/** The market orders that a flatten would place: one for each position that is held. */
export function flattenPlan(held: readonly HeldPosition[]): readonly ClosingOrder[] {
  return held
    .filter(({ position }) => signOf(position.quantity) !== 0)
    .map(({ account, position }) => {
      const side = signOf(position.quantity) > 0 ? "Sell" : "Buy";
      const quantity = formatDecimal(position.quantity.replace(/^-/, ""), QUANTITY);
      return {
        account,
        position,
        key: `${account.id} ${position.symbol}`,
        title: `${side} ${quantity} ${position.symbol}`,
      };
    });
}
