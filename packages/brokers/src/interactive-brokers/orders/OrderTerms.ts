import type { Fixed } from "../../domain/decimal.ts";
import type { OrderSide, OrderType, TimeInForce, Trail } from "../../domain/order.ts";

/** What was asked of the market, in the desk's words: of an order that is sent, and of one that the gateway tells of. */
export interface OrderTerms {
  readonly symbol: string;
  readonly side: OrderSide;
  readonly type: OrderType;
  readonly timeInForce: TimeInForce;
  readonly extendedHours: boolean;
  readonly quantity: Fixed;
  readonly price: Fixed | null;
  /** Of a trailing stop where it stands now; null while the gateway has not said. */
  readonly stopPrice: Fixed | null;
  readonly trail?: Trail<Fixed>;
  /** When a gtc order ends, epoch milliseconds. */
  readonly expiresAt?: number;
}
