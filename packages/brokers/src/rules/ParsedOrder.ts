import type { Fixed } from "../domain/decimal.ts";
import type { ClientOrderId } from "../domain/ids.ts";
import type { OrderClass, OrderSide, OrderType, StopLoss, TakeProfit, TimeInForce, Trail } from "../domain/order.ts";

/** An order whose every field was read and whose form is right; whether it may go is for the later rules. */
export interface ParsedOrder {
  readonly clientOrderId: ClientOrderId;
  readonly symbol: string;
  readonly side: OrderSide;
  readonly type: OrderType;
  readonly timeInForce: TimeInForce;
  readonly extendedHours: boolean;
  /** Shares, above zero but for a notional order. */
  readonly quantity: Fixed;
  /** The limit; null in market and stop orders. */
  readonly price: Fixed | null;
  /** The trigger; null in market and limit orders. */
  readonly stopPrice: Fixed | null;
  /** Absent but for a trailing stop: a `stop` whose stop price the market gives. */
  readonly trail?: Trail<Fixed>;
  /** Dollars of a market order that names no quantity, which is then zero until the market has priced it. */
  readonly notional?: Fixed;
  /** When a gtc order ends, epoch milliseconds. */
  readonly expiresAt?: number;
  /** The exits that hang on this order; absent for a simple one. */
  readonly linked?: LinkedExits;
}

/** The exits of a linked group. In an `oco` the order itself is the exit with a profit. */
export interface LinkedExits {
  readonly orderClass: OrderClass;
  readonly takeProfit: TakeProfit<Fixed> | null;
  readonly stopLoss: StopLoss<Fixed> | null;
}
