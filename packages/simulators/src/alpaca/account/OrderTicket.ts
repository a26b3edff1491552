import type { Fixed, OrderSide, TimeInForce } from "@trenddojo/brokers/domain";
import type { PositionIntent, VendorOrderClass, VendorOrderType, VendorTrail } from "./VendorOrder.ts";

/** An order as it was asked for, its fields read and not yet judged. */
export interface OrderTicket {
  /** A symbol or an asset id. */
  readonly symbol: string;
  readonly side: OrderSide;
  readonly type: VendorOrderType;
  readonly timeInForce: TimeInForce;
  readonly orderClass: VendorOrderClass;
  readonly extendedHours: boolean;
  readonly clientOrderId: string | null;
  readonly positionIntent: PositionIntent | null;
  readonly qty: Fixed | null;
  readonly notional: Fixed | null;
  readonly limitPrice: Fixed | null;
  readonly stopPrice: Fixed | null;
  readonly trail: VendorTrail | null;
  readonly takeProfit: Fixed | null;
  readonly stopLoss: { readonly stopPrice: Fixed; readonly limitPrice: Fixed | null } | null;
}

/** What a replacement may change. */
export interface ReplaceTicket {
  readonly qty: Fixed | null;
  readonly timeInForce: TimeInForce | null;
  readonly limitPrice: Fixed | null;
  readonly stopPrice: Fixed | null;
  readonly trail: Fixed | null;
  readonly clientOrderId: string | null;
}
