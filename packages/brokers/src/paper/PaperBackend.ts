import type { BrokerClient, CallOptions, Unsubscribe } from "../BrokerClient.ts";
import type { BrokerDeps } from "../deps.ts";
import type { AccountInfo, Balances, MarginInfo, OrderPreview, RiskMetrics } from "../domain/account.ts";
import type { AccountEvent } from "../domain/AccountEvent.ts";
import type { BrokerCapabilities } from "../domain/capabilities.ts";
import { mintClientOrderId } from "../domain/clientOrderIds.ts";
import type { ConnectionStatus } from "../domain/connection.ts";
import { parseFixed } from "../domain/decimal.ts";
import { BrokerErrorCode } from "../domain/errorCode.ts";
import type { Bar, BarsRequest, Instrument, MarketData, MarketHours } from "../domain/marketData.ts";
import type { Mode } from "../domain/Mode.ts";
import type {
  Fill,
  Order,
  OrderRequest,
  OrderResponse,
  OrderStatus,
  OrderUpdate,
  OrderUpdateEvent,
} from "../domain/order.ts";
import type { Position } from "../domain/position.ts";
import type { ValidationResult } from "../domain/validation.ts";
import type { ParsedOrder } from "../rules/ParsedOrder.ts";
import { parseOrder } from "../rules/parseOrder.ts";
import { parseOrderUpdate } from "../rules/parseOrderUpdate.ts";
import type { RecentOrder } from "../rules/RiskInput.ts";
import { toValidationResult } from "../rules/toValidationResult.ts";
import { assertCallback, assertInRange, assertInstant, readOrderId, requireInstrument } from "./backend/arguments.ts";
import { findAllIssues } from "./backend/findAllIssues.ts";
import { findAmendmentIssues, findOrderIssues, type PaperRiskContext } from "./backend/findOrderIssues.ts";
import { PaperBackendConnection } from "./backend/PaperBackendConnection.ts";
import { PaperBackendMarket } from "./backend/PaperBackendMarket.ts";
import type { PaperBackendSession } from "./backend/PaperBackendSession.ts";
import { refusal, ruleRefusal, throwRefused } from "./backend/refusals.ts";
import { riskMetricsOf } from "./backend/riskMetricsOf.ts";
import { explained, toOrderResponse } from "./backend/orderAnswers.ts";
import { toMarginInfo, toOrderPreview } from "./backend/toOrderPreview.ts";
import {
  DEFAULT_RISK_POLICY,
  LARGEST_STARTING_CASH,
  PAPER_CAPABILITIES,
  type PaperBackendConfig,
} from "./PaperConfig.ts";
import type { PaperEvent } from "./PaperEvent.ts";

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const LONGEST_HISTORY_DAYS = 3_650;

/**
 * A BrokerClient over the paper exchange. Whatever happens to the account is stored before anyone hears of it. When the
 * store fails, the connection is degraded and refuses everything until `connect` has loaded the account from the store again;
 * subscriptions outlast that and end with `disconnect`.
 */
export class PaperBackend implements BrokerClient {
  readonly name: string;
  readonly mode: Mode;
  readonly capabilities: BrokerCapabilities;
  readonly #config: PaperBackendConfig;
  readonly #deps: BrokerDeps;
  readonly #connection: PaperBackendConnection;
  readonly #market: PaperBackendMarket;
  #recent: readonly RecentOrder[] = [];

  /** @throws RangeError for more starting cash than can be reckoned with exactly. */
  constructor(config: PaperBackendConfig, deps: BrokerDeps) {
    if (parseFixed(config.startingCash) > parseFixed(LARGEST_STARTING_CASH)) {
      throw new RangeError(`startingCash is at most ${LARGEST_STARTING_CASH}, not ${config.startingCash}`);
    }
    this.#config = config;
    this.#deps = deps;
    this.name = config.name;
    this.mode = config.mode;
    this.capabilities = config.capabilities ?? PAPER_CAPABILITIES;
    this.#connection = new PaperBackendConnection(config, deps);
    this.#market = new PaperBackendMarket(config.name, this.#connection);
  }

  connect(options: CallOptions = {}): Promise<boolean> {
    return this.#connection.connect(options);
  }

  disconnect(): Promise<void> {
    return this.#connection.disconnect();
  }

  isConnected(): boolean {
    return this.#connection.isConnected;
  }

  getConnectionStatus(): ConnectionStatus {
    return this.#connection.status();
  }

  getAccountInfo(options: CallOptions = {}): Promise<AccountInfo> {
    return this.#connection.read(options, (session) => {
      const { cash, equity, buyingPower } = session.exchange.balances(session.now());
      const { accountId } = this.#config;
      return {
        accountId,
        mode: this.mode,
        currency: "USD",
        balance: cash,
        equity,
        buyingPower,
        positions: session.exchange.positions(),
      };
    });
  }

  getPositions(options: CallOptions = {}): Promise<readonly Position[]> {
    return this.#connection.read(options, ({ exchange }) => exchange.positions());
  }

  getBalances(options: CallOptions = {}): Promise<Balances> {
    return this.#connection.read(options, (session) => session.exchange.balances(session.now()));
  }

  placeOrder(request: OrderRequest, options: CallOptions = {}): Promise<OrderResponse> {
    return this.#connection.command(options, (session) => {
      const order = this.#parse(request);
      this.#refuseKnownId(order, session);
      const issues = findOrderIssues(order, this.#riskContext(session));
      if (issues.length > 0) throw ruleRefusal(this.name, issues);
      const events = session.act((exchange) => exchange.submit(session.now(), order));
      if (events.some(({ type }) => type === "order_accepted")) this.#remember(order);
      // As it is now: until this is stored the order may have gone on.
      const placed = session.exchange.orderByClientId(order.clientOrderId);
      return { events, answer: () => toOrderResponse(this, placed, events) };
    });
  }

  cancelOrder(orderId: string, options: CallOptions = {}): Promise<boolean> {
    return this.#connection.command(options, (session) => {
      const id = readOrderId(this.name, orderId);
      const events = session.act((exchange) => exchange.cancel(session.now(), id));
      return { events, answer: () => this.#isTaken(events) };
    });
  }

  cancelAllOrders(options: CallOptions = {}): Promise<number> {
    return this.#connection.command(options, (session) => {
      const events = session.act((exchange) => {
        // An exit goes with its entry.
        const isEnded = (id: string): boolean => exchange.order(id)?.status === "canceled";
        const open = exchange.openOrders();
        return open.flatMap(({ orderId }) => (isEnded(orderId) ? [] : exchange.cancel(session.now(), orderId)));
      });
      return { events, answer: () => events.filter(({ type }) => type === "order_canceled").length };
    });
  }

  modifyOrder(orderId: string, updates: OrderUpdate, options: CallOptions = {}): Promise<boolean> {
    return this.#connection.command(options, (session) => {
      const id = readOrderId(this.name, orderId);
      const parsed = parseOrderUpdate(updates);
      if (!parsed.ok) throw ruleRefusal(this.name, parsed.issues);
      const issues = findAmendmentIssues(id, parsed.changes, this.#riskContext(session));
      if (issues.length > 0) throw ruleRefusal(this.name, issues);
      const events = session.act((exchange) => exchange.replace(session.now(), id, parsed.changes));
      return { events, answer: () => this.#isTaken(events) };
    });
  }

  getOrderStatus(orderId: string, options: CallOptions = {}): Promise<OrderStatus> {
    return this.#connection.read(options, ({ exchange }) => {
      const order = exchange.order(readOrderId(this.name, orderId));
      if (order === undefined)
        throw refusal(this.name, BrokerErrorCode.ORDER_NOT_FOUND, "there is no order with this id", { orderId });
      return order.status;
    });
  }

  getOrderByClientOrderId(clientOrderId: string, options: CallOptions = {}): Promise<Order | null> {
    return this.#connection.read(options, ({ exchange }) => {
      const order = exchange.orderByClientId(clientOrderId);
      return order === undefined ? null : explained(order, exchange);
    });
  }

  getOpenOrders(options: CallOptions = {}): Promise<readonly Order[]> {
    return this.#connection.read(options, ({ exchange }) =>
      exchange.openOrders().map((order) => explained(order, exchange)),
    );
  }

  getOrderHistory(days: number, options: CallOptions = {}): Promise<readonly Order[]> {
    return this.#connection.read(options, (session) => {
      assertInRange(this.name, "days", days, LONGEST_HISTORY_DAYS);
      const since = session.now() - days * DAY_MS;
      const orders = session.exchange.orders(since);
      return orders.map((order) => explained(order, session.exchange)).toReversed();
    });
  }

  getFills(since: number, options: CallOptions = {}): Promise<readonly Fill[]> {
    return this.#connection.read(options, ({ exchange }) => {
      assertInstant(this.name, "since", since);
      return exchange.fills(since);
    });
  }

  subscribeToOrderUpdates(
    callback: (event: OrderUpdateEvent) => void,
    options: CallOptions = {},
  ): Promise<Unsubscribe> {
    return this.#connection.read(options, () => {
      assertCallback(this.name, callback);
      return this.#connection.updates.add(callback);
    });
  }

  subscribeToAccountEvents(
    since: number,
    callback: (event: AccountEvent) => void,
    options: CallOptions = {},
  ): Promise<Unsubscribe> {
    return this.#connection.read(options, (session) => {
      assertInstant(this.name, "since", since);
      assertCallback(this.name, callback);
      return this.#connection.accountEvents.addAfter(session.accountEvents(since), callback);
    });
  }

  getMarketData(symbol: string, options: CallOptions = {}): Promise<MarketData> {
    return this.#market.getMarketData(symbol, options);
  }

  getMarketHours(market: string, options: CallOptions = {}): Promise<MarketHours> {
    return this.#market.getMarketHours(market, options);
  }

  subscribeToMarketData(
    symbol: string,
    callback: (data: MarketData) => void,
    options: CallOptions = {},
  ): Promise<Unsubscribe> {
    return this.#market.subscribeToMarketData(symbol, callback, options);
  }

  getHistoricalBars(request: BarsRequest, options: CallOptions = {}): Promise<readonly Bar[]> {
    return this.#market.getHistoricalBars(request, options);
  }

  searchInstruments(query: string, limit: number, options: CallOptions = {}): Promise<readonly Instrument[]> {
    return this.#market.searchInstruments(query, limit, options);
  }

  validateOrder(request: OrderRequest, options: CallOptions = {}): Promise<ValidationResult> {
    return this.#connection.read(options, (session) => {
      const parsed = parseOrder(request);
      return toValidationResult(parsed.ok ? findAllIssues(parsed.order, this.#riskContext(session)) : parsed.issues);
    });
  }

  getMarginRequirements(request: OrderRequest, options: CallOptions = {}): Promise<MarginInfo> {
    return this.#connection.read(options, (session) => {
      const order = this.#parse(request);
      this.#requireInstrument(session, order.symbol);
      const preview = session.exchange.preview(session.now(), order);
      if (preview !== undefined) return toMarginInfo(preview);
      throw refusal(this.name, BrokerErrorCode.NO_MARKET_DATA, `no price of ${order.symbol} to reckon with`, {
        symbol: order.symbol,
      });
    });
  }

  previewOrder(request: OrderRequest, options: CallOptions = {}): Promise<OrderPreview> {
    return this.#connection.read(options, (session) => {
      const order = this.#parse(request);
      this.#requireInstrument(session, order.symbol);
      const quotedAt = session.feed.latest(order.symbol)?.timestamp ?? null;
      return toOrderPreview(session.exchange.preview(session.now(), order), quotedAt);
    });
  }

  getRiskMetrics(options: CallOptions = {}): Promise<RiskMetrics> {
    return this.#connection.read(options, (session) => riskMetricsOf(session.exchange, session.now()));
  }

  #requireInstrument({ feed }: PaperBackendSession, symbol: string): void {
    requireInstrument(this.name, (known) => feed.instrument(known), symbol);
  }

  #parse(request: unknown): ParsedOrder {
    const parsed = parseOrder(request, mintClientOrderId(this.mode, this.#deps.random));
    if (!parsed.ok) throw ruleRefusal(this.name, parsed.issues);
    return parsed.order;
  }

  #refuseKnownId({ clientOrderId }: ParsedOrder, { exchange }: PaperBackendSession): void {
    const known = exchange.orderByClientId(clientOrderId);
    if (known === undefined) return;
    const { orderId, status } = known;
    throw refusal(
      this.name,
      BrokerErrorCode.DUPLICATE_ORDER,
      `${clientOrderId} is order ${orderId} already, which is ${status}`,
      { clientOrderId, orderId, status },
    );
  }

  #riskContext(session: PaperBackendSession): PaperRiskContext {
    const policy = this.#config.riskPolicy?.() ?? DEFAULT_RISK_POLICY;
    return {
      session,
      capabilities: this.capabilities,
      policy,
      recentOrders: this.#recent,
      now: this.#deps.clock.now(),
    };
  }

  #remember(order: ParsedOrder): void {
    const at = this.#deps.clock.now();
    const recent = this.#recent.filter((each) => at - each.at < MINUTE_MS);
    this.#recent = [...recent, { ...order, at }];
  }

  #isTaken(events: readonly PaperEvent[]): boolean {
    throwRefused(this.name, events);
    return true;
  }
}
