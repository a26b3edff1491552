import type { Fixed } from "../domain/decimal.ts";
import type { ClientOrderId } from "../domain/ids.ts";
import type { OrderSide, OrderType, TimeInForce } from "../domain/order.ts";

/** An order whose every field was read and whose form is right; whether it may go is for the later rules. */
export interface ParsedOrder {
  readonly clientOrderId: ClientOrderId;
  readonly symbol: string;
  readonly side: OrderSide;
  readonly type: OrderType;
  readonly timeInForce: TimeInForce;
  readonly extendedHours: boolean;
  /** Shares, above zero. */
  readonly quantity: Fixed;
  /** The limit; null in market and stop orders. */
  readonly price: Fixed | null;
  /** The trigger; null in market and limit orders. */
  readonly stopPrice: Fixed | null;
}
