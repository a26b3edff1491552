import type { Money, Price, Quantity } from "../domain/decimal.ts";
import type { BrokerErrorCode } from "../domain/errorCode.ts";
import type { ClientOrderId, ExecutionId, VenueOrderId } from "../domain/ids.ts";
import type { OrderSide, OrderType, TimeInForce } from "../domain/order.ts";
import type { Reason } from "./Reason.ts";

interface EventBase {
  /** Gapless from 1 within an account. */
  readonly seq: number;
  /** Market time in epoch milliseconds; never falls. */
  readonly at: number;
}

/** An order as it was asked for. */
export interface OrderTerms {
  readonly orderId: VenueOrderId;
  readonly clientOrderId: ClientOrderId;
  readonly symbol: string;
  readonly side: OrderSide;
  readonly orderType: OrderType;
  readonly timeInForce: TimeInForce;
  readonly extendedHours: boolean;
  readonly quantity: Quantity;
  readonly price: Price | null;
  readonly stopPrice: Price | null;
}

export interface FillFees {
  readonly commission: Money;
  /** SEC fee, Section 31 of the Exchange Act. */
  readonly sec: Money;
  /** FINRA trading activity fee. */
  readonly taf: Money;
}

export interface OrderAccepted extends EventBase, OrderTerms {
  readonly type: "order_accepted";
  /** The price at which margin is held back for the order. */
  readonly referencePrice: Price;
  /** When a day order expires; null for the others. */
  readonly expiresAt: number | null;
}

export interface OrderRejected extends EventBase, OrderTerms {
  readonly type: "order_rejected";
  readonly code: BrokerErrorCode;
  readonly reason: Reason;
}

/** A stop was reached; from now on the order is a market or a limit order. */
export interface OrderTriggered extends EventBase {
  readonly type: "order_triggered";
  readonly orderId: VenueOrderId;
  readonly reason: Reason;
}

export interface OrderFilled extends EventBase {
  readonly type: "order_filled";
  readonly orderId: VenueOrderId;
  readonly executionId: ExecutionId;
  readonly symbol: string;
  readonly side: OrderSide;
  readonly quantity: Quantity;
  readonly price: Price;
  readonly fees: FillFees;
  readonly reason: Reason;
}

export interface OrderCanceled extends EventBase {
  readonly type: "order_canceled";
  readonly orderId: VenueOrderId;
  readonly reason: Reason;
}

export interface CancelRejected extends EventBase {
  readonly type: "cancel_rejected";
  /** As it was asked for; may name no order at all. */
  readonly orderId: string;
  readonly code: BrokerErrorCode;
  readonly reason: Reason;
}

export interface OrderExpired extends EventBase {
  readonly type: "order_expired";
  readonly orderId: VenueOrderId;
  readonly reason: Reason;
}

/** The order's terms from now on; it keeps its ids and its fills. */
export interface OrderReplaced extends EventBase {
  readonly type: "order_replaced";
  readonly orderId: VenueOrderId;
  readonly quantity: Quantity;
  readonly price: Price | null;
  readonly stopPrice: Price | null;
  readonly timeInForce: TimeInForce;
  readonly referencePrice: Price;
  readonly expiresAt: number | null;
  /** False: it queues anew, behind the orders at its price. */
  readonly keepsPriority: boolean;
}

export interface ReplaceRejected extends EventBase {
  readonly type: "replace_rejected";
  readonly orderId: string;
  readonly code: BrokerErrorCode;
  readonly reason: Reason;
}

/** A market day begins; its P&L counts from this equity. */
export interface DayStarted extends EventBase {
  readonly type: "day_started";
  readonly equity: Money;
  /** When this market day ends, epoch milliseconds. */
  readonly endsAt: number;
}

/** What happened to one paper account. JSON-safe and immutable; the journal of them is the account. */
export type PaperEvent =
  | OrderAccepted
  | OrderRejected
  | OrderTriggered
  | OrderFilled
  | OrderCanceled
  | CancelRejected
  | OrderExpired
  | OrderReplaced
  | ReplaceRejected
  | DayStarted;
