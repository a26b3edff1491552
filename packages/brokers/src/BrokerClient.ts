import type { BrokerError } from "./BrokerError.ts";
import type { AccountInfo, Balances, MarginInfo, OrderPreview, RiskMetrics } from "./domain/account.ts";
import type { AccountEvent } from "./domain/AccountEvent.ts";
import type { BrokerCapabilities } from "./domain/capabilities.ts";
import type { ConnectionStatus } from "./domain/connection.ts";
import type { Bar, BarsRequest, Instrument, MarketData, MarketHours } from "./domain/marketData.ts";
import type { Mode } from "./domain/Mode.ts";
import type {
  Fill,
  Order,
  OrderRequest,
  OrderResponse,
  OrderStatus,
  OrderUpdate,
  OrderUpdateEvent,
} from "./domain/order.ts";
import type { Position } from "./domain/position.ts";
import type { ValidationResult } from "./domain/validation.ts";

export interface CallOptions {
  /** Stops waiting. An order that was already sent is not taken back by it: its outcome is then unknown. */
  readonly signal?: AbortSignal;
  /**
   * What was not sent by then never is, and is refused; epoch milliseconds of the client's clock. For clients that hold
   * requests back to stay within a budget; the others send at once.
   */
  readonly sendBy?: number;
  /**
   * Asked in the instant before it goes to the wire: what it answers refuses the request, and nothing is sent. For
   * clients that hold requests back; the others send in the turn in which they are called.
   */
  readonly refusal?: () => BrokerError | null;
}

/** Ends a subscription; calling it twice does nothing. */
export type Unsubscribe = () => void;

/**
 * One account at one broker in one mode. Every method of the spec, and what real money needs besides.
 * Every method that talks to the broker throws BrokerError, and nothing else; CONNECTION_FAILED before `connect`
 * and after `disconnect`. The numbered rules are in SPEC.md (BC1 to BC…), held by `registerBrokerContractTests`.
 */
export interface BrokerClient {
  readonly name: string;
  readonly mode: Mode;
  readonly capabilities: BrokerCapabilities;

  /** Resolves true when orders may be placed. Calling it while connected does nothing. */
  connect(options?: CallOptions): Promise<boolean>;
  /** Ends every subscription and waits for what is under way. Idempotent. */
  disconnect(options?: CallOptions): Promise<void>;
  isConnected(): boolean;
  getConnectionStatus(): ConnectionStatus;

  getAccountInfo(options?: CallOptions): Promise<AccountInfo>;
  getPositions(options?: CallOptions): Promise<readonly Position[]>;
  getBalances(options?: CallOptions): Promise<Balances>;

  /** A repeated `clientOrderId` is refused with DUPLICATE_ORDER and places nothing. */
  placeOrder(order: OrderRequest, options?: CallOptions): Promise<OrderResponse>;
  /**
   * Takes back an order that this client has not sent yet, by its client order id. True: it never will be, and its
   * `placeOrder` is refused with ORDER_CLOSED and the detail `unsent: "withdrawn"`; of an earlier send under the same id
   * it says nothing. False says nothing either: it may be on its way, or be unknown here. At once, and it never throws.
   * Absent in a client that sends at once.
   */
  withdrawOrder?(clientOrderId: string): boolean;
  /** True: the broker took the request; what became of it arrives as an order update. */
  cancelOrder(orderId: string, options?: CallOptions): Promise<boolean>;
  /**
   * Asks for the cancel of every open order of the account, whoever placed it; one that could not be canceled keeps none of
   * the others. @returns how many the broker took the request for; that they are over is seen in `getOpenOrders`
   */
  cancelAllOrders(options?: CallOptions): Promise<number>;
  /** As `cancelOrder`. */
  modifyOrder(orderId: string, updates: OrderUpdate, options?: CallOptions): Promise<boolean>;
  getOrderStatus(orderId: string, options?: CallOptions): Promise<OrderStatus>;
  /** Null where the broker, having answered, does not know the id. */
  getOrderByClientOrderId(clientOrderId: string, options?: CallOptions): Promise<Order | null>;
  /** Oldest first. */
  getOpenOrders(options?: CallOptions): Promise<readonly Order[]>;
  /** All orders updated in the last `days` days, newest first. */
  getOrderHistory(days: number, options?: CallOptions): Promise<readonly Order[]>;
  /** Executions at or after `since` (epoch milliseconds), oldest first. */
  getFills(since: number, options?: CallOptions): Promise<readonly Fill[]>;
  /** Each change once, in the broker's order. A callback that throws does not disturb the others. */
  subscribeToOrderUpdates(callback: (event: OrderUpdateEvent) => void, options?: CallOptions): Promise<Unsubscribe>;
  /**
   * What happens to the account without an order: first what the broker still knows since `since` (epoch milliseconds),
   * oldest first, then each as it happens. One may be told again: apply by `id`. A broker that tells none is silent.
   */
  subscribeToAccountEvents(
    since: number,
    callback: (event: AccountEvent) => void,
    options?: CallOptions,
  ): Promise<Unsubscribe>;

  getMarketData(symbol: string, options?: CallOptions): Promise<MarketData>;
  /** `market`: "NYSE" or "NASDAQ". */
  getMarketHours(market: string, options?: CallOptions): Promise<MarketHours>;
  /** The latest value soon after, where there is one, then each change. */
  subscribeToMarketData(
    symbol: string,
    callback: (data: MarketData) => void,
    options?: CallOptions,
  ): Promise<Unsubscribe>;
  /** Oldest first, at most `limit`; the last one may still be forming. */
  getHistoricalBars(request: BarsRequest, options?: CallOptions): Promise<readonly Bar[]>;
  /** By symbol or part of the name; best match first. An empty query lists from the start. */
  searchInstruments(query: string, limit: number, options?: CallOptions): Promise<readonly Instrument[]>;

  validateOrder(order: OrderRequest, options?: CallOptions): Promise<ValidationResult>;
  getMarginRequirements(order: OrderRequest, options?: CallOptions): Promise<MarginInfo>;
  previewOrder(order: OrderRequest, options?: CallOptions): Promise<OrderPreview>;
  getRiskMetrics(options?: CallOptions): Promise<RiskMetrics>;
}
