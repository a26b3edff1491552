import type { BrokerClient, CallOptions, Unsubscribe } from "./BrokerClient.ts";
import type { AccountEvent } from "./domain/AccountEvent.ts";
import type { BrokerCapabilities } from "./domain/capabilities.ts";
import type { ConnectionStatus } from "./domain/connection.ts";
import type { BarsRequest, MarketData } from "./domain/marketData.ts";
import type { Mode } from "./domain/Mode.ts";
import type { OrderRequest, OrderUpdate, OrderUpdateEvent } from "./domain/order.ts";

/**
 * A client that is nothing but a name for one backend, chosen when it is built and never again. It has no answer of its
 * own: what the backend does not do, it does not do either, so no method can be forgotten and answer in the wrong mode.
 */
export class ForwardingBrokerClient implements BrokerClient {
  readonly name: string;
  readonly mode: Mode;
  readonly capabilities: BrokerCapabilities;
  readonly #backend: BrokerClient;

  constructor(backend: BrokerClient) {
    this.#backend = backend;
    this.name = backend.name;
    this.mode = backend.mode;
    this.capabilities = backend.capabilities;
  }

  connect(options?: CallOptions) {
    return this.#backend.connect(options);
  }
  disconnect(options?: CallOptions) {
    return this.#backend.disconnect(options);
  }
  isConnected(): boolean {
    return this.#backend.isConnected();
  }
  getConnectionStatus(): ConnectionStatus {
    return this.#backend.getConnectionStatus();
  }

  getAccountInfo(options?: CallOptions) {
    return this.#backend.getAccountInfo(options);
  }
  getPositions(options?: CallOptions) {
    return this.#backend.getPositions(options);
  }
  getBalances(options?: CallOptions) {
    return this.#backend.getBalances(options);
  }

  placeOrder(order: OrderRequest, options?: CallOptions) {
    return this.#backend.placeOrder(order, options);
  }
  withdrawOrder(clientOrderId: string): boolean {
    return this.#backend.withdrawOrder?.(clientOrderId) ?? false;
  }
  cancelOrder(orderId: string, options?: CallOptions) {
    return this.#backend.cancelOrder(orderId, options);
  }
  cancelAllOrders(options?: CallOptions) {
    return this.#backend.cancelAllOrders(options);
  }
  modifyOrder(orderId: string, updates: OrderUpdate, options?: CallOptions) {
    return this.#backend.modifyOrder(orderId, updates, options);
  }
  getOrderStatus(orderId: string, options?: CallOptions) {
    return this.#backend.getOrderStatus(orderId, options);
  }
  getOrderByClientOrderId(clientOrderId: string, options?: CallOptions) {
    return this.#backend.getOrderByClientOrderId(clientOrderId, options);
  }
  getOpenOrders(options?: CallOptions) {
    return this.#backend.getOpenOrders(options);
  }
  getOrderHistory(days: number, options?: CallOptions) {
    return this.#backend.getOrderHistory(days, options);
  }
  getFills(since: number, options?: CallOptions) {
    return this.#backend.getFills(since, options);
  }
  subscribeToOrderUpdates(callback: (event: OrderUpdateEvent) => void, options?: CallOptions): Promise<Unsubscribe> {
    return this.#backend.subscribeToOrderUpdates(callback, options);
  }
  subscribeToAccountEvents(since: number, callback: (event: AccountEvent) => void, options?: CallOptions) {
    return this.#backend.subscribeToAccountEvents(since, callback, options);
  }

  getMarketData(symbol: string, options?: CallOptions) {
    return this.#backend.getMarketData(symbol, options);
  }
  getMarketHours(market: string, options?: CallOptions) {
    return this.#backend.getMarketHours(market, options);
  }
  subscribeToMarketData(
    symbol: string,
    callback: (data: MarketData) => void,
    options?: CallOptions,
  ): Promise<Unsubscribe> {
    return this.#backend.subscribeToMarketData(symbol, callback, options);
  }
  getHistoricalBars(request: BarsRequest, options?: CallOptions) {
    return this.#backend.getHistoricalBars(request, options);
  }
  searchInstruments(query: string, limit: number, options?: CallOptions) {
    return this.#backend.searchInstruments(query, limit, options);
  }

  validateOrder(order: OrderRequest, options?: CallOptions) {
    return this.#backend.validateOrder(order, options);
  }
  getMarginRequirements(order: OrderRequest, options?: CallOptions) {
    return this.#backend.getMarginRequirements(order, options);
  }
  previewOrder(order: OrderRequest, options?: CallOptions) {
    return this.#backend.previewOrder(order, options);
  }
  getRiskMetrics(options?: CallOptions) {
    return this.#backend.getRiskMetrics(options);
  }
}
