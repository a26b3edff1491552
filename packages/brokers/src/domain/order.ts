import type { DecimalInput, Money, Price, Quantity } from "./decimal.ts";
import type { ClientOrderId, ExecutionId, VenueOrderId } from "./ids.ts";
import type { Mode } from "./Mode.ts";
import type { Reason } from "./Reason.ts";

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

/** How orders hang together, where they are not `simple`: an entry with both exits, two exits of which one fills, an entry with one exit. */
export const ORDER_CLASSES = ["bracket", "oco", "oto"] as const;
export type OrderClass = (typeof ORDER_CLASSES)[number];

export const GROUP_ROLES = ["entry", "take_profit", "stop_loss"] as const;
export type GroupRole = (typeof GROUP_ROLES)[number];

export const TRAIL_KINDS = ["amount", "percent"] as const;
/** How far a trailing stop stays behind the best price: dollars a share, or a percentage of that price. */
export interface Trail<Decimal = DecimalInput> {
  readonly by: (typeof TRAIL_KINDS)[number];
  /** Dollars, or percent: "1.5" is one and a half. */
  readonly value: Decimal;
}

interface OrderRequestCommon {
  readonly symbol: string;
  readonly side: OrderSide;
  /** @default "day" */
  readonly timeInForce?: TimeInForce;
  /** May trade before and after the regular session. @default false */
  readonly extendedHours?: boolean;
  /** Ours, sent with the order; a broker that knows it answers with the same order. Made by the caller, at most 32 characters. */
  readonly clientOrderId?: string;
  /** When a `gtc` order ends if it is not filled by then, epoch milliseconds. @default never */
  readonly expiresAt?: number;
}

interface OrderRequestBase extends OrderRequestCommon {
  /** Shares, above zero; in fractions where broker and instrument take them. */
  readonly quantity: DecimalInput;
}

export interface MarketOrderRequest extends OrderRequestBase {
  readonly type: "market";
}

/** A market order for an amount of money; the broker makes shares of it. */
export interface NotionalOrderRequest extends OrderRequestCommon {
  readonly type: "market";
  /** Dollars, above zero. */
  readonly notional: DecimalInput;
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

/** A stop whose price follows the market, at a distance, as long as the market goes the order's way. */
export interface TrailingStopOrderRequest extends OrderRequestBase {
  readonly type: "stop";
  readonly trail: Trail;
}

export interface StopLimitOrderRequest extends OrderRequestBase {
  readonly type: "stop_limit";
  readonly stopPrice: DecimalInput;
  /** The limit that holds once the stop is triggered. */
  readonly price: DecimalInput;
}

/** The exit with a profit: a limit order. */
export interface TakeProfit<Decimal = DecimalInput> {
  readonly price: Decimal;
}

/** The exit with a loss: a stop or, with a limit, a stop-limit order. */
export interface StopLoss<Decimal = DecimalInput> {
  readonly stopPrice: Decimal;
  readonly price?: Decimal;
}

/** An entry and both its exits, which work once the entry is filled whole; one that fills cancels the other. */
export interface BracketTerms {
  readonly orderClass: "bracket";
  readonly takeProfit: TakeProfit;
  readonly stopLoss: StopLoss;
}

/** An entry and one exit. */
export type OtoTerms =
  | { readonly orderClass: "oto"; readonly takeProfit: TakeProfit }
  | { readonly orderClass: "oto"; readonly stopLoss: StopLoss };

/** Two exits of a position, of which one fills: the order's own limit is the profit. */
export interface OcoTerms {
  readonly orderClass: "oco";
  readonly stopLoss: StopLoss;
}

export type SimpleOrderRequest = (
  | MarketOrderRequest
  | NotionalOrderRequest
  | LimitOrderRequest
  | StopOrderRequest
  | TrailingStopOrderRequest
  | StopLimitOrderRequest
) & { readonly orderClass?: "simple" };

export type LinkedOrderRequest =
  | ((MarketOrderRequest | LimitOrderRequest) & (BracketTerms | OtoTerms))
  | (LimitOrderRequest & OcoTerms);

export type OrderRequest = SimpleOrderRequest | LinkedOrderRequest;

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
  /** The exits that were taken with an order of a linked group; absent for a simple order and where the broker does not tell. */
  readonly legs?: readonly OrderLeg[];
}

/** An exit of a linked group, as its broker calls it. */
export interface OrderLeg {
  readonly role: GroupRole;
  readonly orderId: VenueOrderId;
  readonly clientOrderId: ClientOrderId;
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
  /** Absent but for a trailing stop, whose `stopPrice` is where it stands now. */
  readonly trail?: Trail<string>;
  /** Absent but for an order of a linked group; `id` is the order id of the group's first member. */
  readonly group?: { readonly id: string; readonly role: GroupRole };
  /** When it ends if it is not filled by then, epoch milliseconds; absent where the broker does not say. */
  readonly expiresAt?: number;
  /** Dollars, of an order for an amount of money; its quantity is what the broker made of them. */
  readonly notional?: Money;
  /** An exit that the broker holds back until its entry is filled. */
  readonly isHeld?: true;
  /** Why it is where it is, rule by rule, where the broker can tell; `reason` has its sentence. */
  readonly why?: Reason;
  /** What set a stop off, with its rule and numbers; absent before, and where the broker does not tell. */
  readonly triggeredBy?: Reason;
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
  /** The same with its rule and numbers, where the broker can tell. */
  readonly why?: Reason;
}

/**
 * What a broker pushes about its orders. `order` is the order as it was then; it may have gone on since. For one order,
 * `filledQuantity` never falls. A fill arrives exactly once a connection session, but may be repeated after a reconnect:
 * apply by `executionId`.
 */
export type OrderUpdateEvent =
  | { readonly type: "order"; readonly order: Order }
  | { readonly type: "fill"; readonly order: Order; readonly fill: Fill };
