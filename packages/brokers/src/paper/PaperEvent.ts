import type { DecimalString, Money, Price, Quantity } from "../domain/decimal.ts";
import type { BrokerErrorCode } from "../domain/errorCode.ts";
import type { ClientOrderId, ExecutionId, VenueOrderId } from "../domain/ids.ts";
import type { OrderSide, OrderType, TimeInForce, Trail } from "../domain/order.ts";
import type { MoneyEvent } from "./money/MoneyEvent.ts";
import type { OrderGroup } from "./orderGroup.ts";
import type { Reason } from "../domain/Reason.ts";
import type { TradingStatus } from "../domain/tradingStatus.ts";

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
  /** Of a trailing stop, where it begins. */
  readonly stopPrice: Price | null;
  readonly trail?: Trail<DecimalString>;
  readonly group?: OrderGroup;
  /** Dollars that were asked for; `quantity` is what they make. */
  readonly notional?: Money;
}

export interface FillFees {
  readonly commission: Money;
  /** SEC fee, Section 31 of the Exchange Act. */
  readonly sec: Money;
  /** FINRA trading activity fee. */
  readonly taf: Money;
  /** The exchange's fee, negative for a rebate; absent where there is none. */
  readonly exchange?: Money;
}

export interface OrderAccepted extends EventBase, OrderTerms {
  readonly type: "order_accepted";
  /** The price at which margin is held back for the order. */
  readonly referencePrice: Price;
  /** When it expires; null for an order that does not. */
  readonly expiresAt: number | null;
  /** When it reaches the market, if not at once. */
  readonly arrivesAt?: number;
  /** The price from which a trailing stop trails. */
  readonly watermark?: Price;
  /** It waits for its entry. */
  readonly isHeld?: true;
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

/** The market went a trailing stop's way, and the stop followed. */
export interface OrderTrailed extends EventBase {
  readonly type: "order_trailed";
  readonly orderId: VenueOrderId;
  readonly watermark: Price;
  readonly stopPrice: Price;
}

/** An order that was on its way is at the market. */
export interface OrderArrived extends EventBase {
  readonly type: "order_arrived";
  readonly orderId: VenueOrderId;
}

/** The entry of a group is filled whole: its exit works from now on. */
export interface OrderActivated extends EventBase {
  readonly type: "order_activated";
  readonly orderId: VenueOrderId;
  readonly reason: Reason;
}

/** A cancel is on its way; the order may still fill. */
export interface CancelRequested extends EventBase {
  readonly type: "cancel_requested";
  readonly orderId: VenueOrderId;
  readonly arrivesAt: number;
}

/** A replacement is on its way; the order may still fill as it is. What is absent stays. */
export interface ReplaceRequested extends EventBase {
  readonly type: "replace_requested";
  readonly orderId: VenueOrderId;
  readonly arrivesAt: number;
  readonly quantity?: Quantity;
  readonly price?: Price;
  readonly stopPrice?: Price;
  readonly timeInForce?: TimeInForce;
}

/** Trading in a symbol stopped or goes on. */
export interface SymbolStatusChanged extends EventBase {
  readonly type: "symbol_status";
  readonly symbol: string;
  readonly status: TradingStatus;
  /** The exchange's reason, "" where it gave none. */
  readonly reason: string;
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
  /** Of a sale: when its proceeds settle, epoch milliseconds. Absent in journals of before settlement was kept. */
  readonly settlesAt?: number;
  readonly reason: Reason;
  /** When its report reaches the owner, if not at once, epoch milliseconds. */
  readonly reportedAt?: number;
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
  /** Why the exchange itself changed it; absent where it was asked to. */
  readonly reason?: Reason;
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
  | OrderTrailed
  | OrderArrived
  | OrderActivated
  | CancelRequested
  | ReplaceRequested
  | SymbolStatusChanged
  | OrderFilled
  | OrderCanceled
  | CancelRejected
  | OrderExpired
  | OrderReplaced
  | ReplaceRejected
  | DayStarted
  | MoneyEvent;
