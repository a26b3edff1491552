import type { DecimalInput, Money, Price, Quantity } from "./decimal.ts";
import type { ClientOrderId, ExecutionId, VenueOrderId } from "./ids.ts";
import type { Mode } from "./Mode.ts";

export const ORDER_SIDES = ["buy", "sell"] as const;
export type OrderSide = (typeof ORDER_SIDES)[number];

export const ORDER_TYPES = ["market", "limit", "stop", "stop_limit"] as const;
export type OrderType = (typeof ORDER_TYPES)[number];

/** `opg` and `cls` are the opening and closing auctions. */
export const TIMES_IN_FORCE = ["day", "gtc", "ioc", "fok", "opg", "cls"] as const;
export type TimeInForce = (typeof TIMES_IN_FORCE)[number];

/** The broker's view of an order, in the spec's words. The desk's own state is `OrderState`. */
export const ORDER_STATUSES = [
  "pending",
  "submitted",
  "partially_filled",
  "filled",
  "pending_cancel",
  "pending_replace",
  "canceled",
  "rejected",
  "expired",
] as const;
export type OrderStatus = (typeof ORDER_STATUSES)[number];

/** Statuses after which a broker changes an order no more, but for a late fill. */
export const FINAL_ORDER_STATUSES: readonly OrderStatus[] = ["filled", "canceled", "rejected", "expired"];

interface OrderRequestBase {
  readonly symbol: string;
  /** Shares, above zero. */
  readonly quantity: DecimalInput;
  readonly side: OrderSide;
  /** @default "day" */
  readonly timeInForce?: TimeInForce;
  /** May trade before and after the regular session. @default false */
  readonly extendedHours?: boolean;
  /** Ours, sent with the order; a broker that knows it answers with the same order. Made by the caller, at most 32 characters. */
  readonly clientOrderId?: string;
}

export interface MarketOrderRequest extends OrderRequestBase {
  readonly type: "market";
}

export interface LimitOrderRequest extends OrderRequestBase {
  readonly type: "limit";
  /** The limit. */
  readonly price: DecimalInput;
}

export interface StopOrderRequest extends OrderRequestBase {
  readonly type: "stop";
  /** Becomes a market order when the market trades at or through this price. */
  readonly stopPrice: DecimalInput;
}

export interface StopLimitOrderRequest extends OrderRequestBase {
  readonly type: "stop_limit";
  readonly stopPrice: DecimalInput;
  /** The limit that holds once the stop is triggered. */
  readonly price: DecimalInput;
}

export type OrderRequest = MarketOrderRequest | LimitOrderRequest | StopOrderRequest | StopLimitOrderRequest;

/** What `modifyOrder` may change; at least one field. */
export interface OrderUpdate {
  readonly quantity?: DecimalInput;
  readonly price?: DecimalInput;
  readonly stopPrice?: DecimalInput;
  readonly timeInForce?: TimeInForce;
}

/** A broker's answer to a new order: it took the request. */
export interface OrderResponse {
  readonly orderId: VenueOrderId;
  readonly clientOrderId: ClientOrderId;
  readonly symbol: string;
  readonly quantity: Quantity;
  readonly side: OrderSide;
  readonly type: OrderType;
  readonly status: OrderStatus;
  /** Epoch milliseconds, the broker's clock. */
  readonly submittedAt: number;
  readonly message: string;
  readonly mode: Mode;
}

/** An order as its broker holds it. */
export interface Order {
  readonly orderId: VenueOrderId;
  readonly clientOrderId: ClientOrderId;
  readonly symbol: string;
  readonly side: OrderSide;
  readonly type: OrderType;
  readonly timeInForce: TimeInForce;
  readonly extendedHours: boolean;
  readonly quantity: Quantity;
  readonly filledQuantity: Quantity;
  readonly averageFillPrice: Price | null;
  readonly price: Price | null;
  readonly stopPrice: Price | null;
  readonly status: OrderStatus;
  /** Why it was rejected, canceled or expired, or why it rests; null where the broker says nothing. */
  readonly reason: string | null;
  readonly submittedAt: number;
  readonly updatedAt: number;
}

/** One execution. */
export interface Fill {
  readonly executionId: ExecutionId;
  readonly orderId: VenueOrderId;
  readonly clientOrderId: ClientOrderId;
  readonly symbol: string;
  readonly side: OrderSide;
  /** Above zero; the side tells the direction. */
  readonly quantity: Quantity;
  readonly price: Price;
  /** Commission and regulatory fees, above or equal to zero. */
  readonly fees: Money;
  /** Epoch milliseconds, the broker's clock. */
  readonly filledAt: number;
  /** Why it happened at this price and size, in a sentence; null where the broker says nothing. */
  readonly reason: string | null;
}

/**
 * What a broker pushes about its orders. `order` is the order as it was then; it may have gone on since. For one order,
 * `filledQuantity` never falls. A fill arrives exactly once a connection session, but may be repeated after a reconnect:
 * apply by `executionId`.
 */
export type OrderUpdateEvent =
  | { readonly type: "order"; readonly order: Order }
  | { readonly type: "fill"; readonly order: Order; readonly fill: Fill };
