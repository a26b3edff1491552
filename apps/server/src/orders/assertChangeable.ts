import type { OrderRow } from "@trenddojo/db";
import { DeskError } from "../DeskError.ts";

/** The terms that somebody wants to change; absent ones stay. */
interface Changes {
  readonly quantity?: string | undefined;
  readonly price?: string | undefined;
  readonly stopPrice?: string | undefined;
}

/** Some kinds of order have terms that nobody changes: the market, the money or the group sets them. @throws DeskError NOT_SUPPORTED */
export function assertChangeable(order: OrderRow, { quantity, price, stopPrice }: Changes): void {
  if (order.notional !== null) {
    throw fixed("notional", "An order for an amount of money cannot be changed; cancel it and place another.");
  }
  if (order.trailBy !== null && (price !== undefined || stopPrice !== undefined)) {
    throw fixed("stopPrice", "The market sets where a trailing stop stands; only its quantity can be changed.");
  }
  if (order.groupRole !== null && order.groupRole !== "entry" && quantity !== undefined) {
    throw fixed("quantity", "An exit has as many shares as there are to close; only its prices can be changed.");
  }
}

function fixed(field: string, message: string): DeskError {
  return new DeskError("NOT_SUPPORTED", message, { issues: [{ code: "NOT_SUPPORTED", field, message, params: {} }] });
}
