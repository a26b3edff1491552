import type { BrokerClient, CallOptions, Unsubscribe } from "../BrokerClient.ts";
import { BrokerError, type Outcome } from "../BrokerError.ts";
import { brokerCall, throwIfAborted, waitFor } from "../brokerCall.ts";
import { marketHours } from "../calendar/marketHours.ts";
import { CallbackSet } from "../CallbackSet.ts";
import type { BrokerDeps } from "../deps.ts";
import type { AccountInfo, Balances, MarginInfo, OrderPreview, RiskMetrics } from "../domain/account.ts";
import type { BrokerCapabilities } from "../domain/capabilities.ts";
import { mintClientOrderId } from "../domain/clientOrderIds.ts";
import type { ConnectionState, ConnectionStatus } from "../domain/connection.ts";
import { BrokerErrorCode } from "../domain/errorCode.ts";
import type { Bar, BarsRequest, Instrument, MarketData, MarketHours } from "../domain/marketData.ts";
import type { Mode } from "../domain/Mode.ts";
import type { Fill, Order, OrderRequest, OrderResponse, OrderStatus, OrderUpdate, OrderUpdateEvent } from "../domain/order.ts";
import type { Position } from "../domain/position.ts";
import type { OrderIssue, ValidationResult } from "../domain/validation.ts";
import { searchInstruments } from "../feeds/searchInstruments.ts";
import type { ParsedOrder } from "../rules/ParsedOrder.ts";
import { parseOrder } from "../rules/parseOrder.ts";
import { parseOrderUpdate } from "../rules/parseOrderUpdate.ts";
import type { RecentOrder } from "../rules/RiskInput.ts";
import { toValidationResult } from "../rules/toValidationResult.ts";
import { withFeedState } from "./backend/withFeedState.ts";
import { healthOf } from "./backend/healthOf.ts";
import { riskMetricsOf } from "./backend/riskMetricsOf.ts";
import { toMarginInfo, toOrderPreview } from "./backend/toOrderPreview.ts";
import { PaperBackendQuotes } from "./backend/PaperBackendQuotes.ts";
import { findOrderIssues, type PaperRiskContext } from "./backend/findOrderIssues.ts";
import { PaperBackendSession } from "./backend/PaperBackendSession.ts";
import { DEFAULT_RISK_POLICY, PAPER_CAPABILITIES, type PaperBackendConfig } from "./PaperConfig.ts";
import type { PaperEvent } from "./PaperEvent.ts";
import type { PaperExchange } from "./PaperExchange.ts";

const MARKETS = ["NYSE", "NASDAQ"];
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const LONGEST_HISTORY_DAYS = 3_650;
const MOST_BARS = 5_000;
const MOST_INSTRUMENTS = 100;

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
  readonly #updates: CallbackSet<OrderUpdateEvent>;
  readonly #quotes: PaperBackendQuotes;
  #session: PaperBackendSession | null = null;
  #isConnecting = false;
  #lastTickAt: number | null = null;
  #error: ConnectionStatus["error"] = null;
  #recent: readonly RecentOrder[] = [];
  #seen: { readonly state: ConnectionState; readonly since: number };
  /** The end of the last connect or disconnect; they never overlap. */
  #lane: Promise<unknown> = Promise.resolve();

  constructor(config: PaperBackendConfig, deps: BrokerDeps) {
    this.#config = config;
    this.#deps = deps;
    this.name = config.name;
    this.mode = config.mode;
    this.capabilities = config.capabilities ?? PAPER_CAPABILITIES;
    this.#seen = { state: "disconnected", since: deps.clock.now() };
    const onError = (error: unknown): void => deps.logger.error({ account: config.accountId, err: error }, "a subscriber's callback threw");
    this.#updates = new CallbackSet(onError);
    this.#quotes = new PaperBackendQuotes({ latest: (symbol) => this.#latest(symbol), onError });
  }

  connect(options: CallOptions = {}): Promise<boolean> {
    return this.#inLane(async () => {
      throwIfAborted(this.name, options);
      if (this.#session !== null && !this.#session.hasFailed) return true;
      this.#isConnecting = true;
      try {
        await this.#session?.close();
        this.#session = null;
        this.#session = await this.#open();
        this.#lastTickAt = newestTickAt(this.#session);
        this.#error = null;
        return true;
      } finally {
        this.#isConnecting = false;
      }
    });
  }

  disconnect(): Promise<void> {
    return this.#inLane(async () => {
      const session = this.#session;
      this.#session = null;
      await session?.close();
      this.#updates.clear();
      this.#quotes.clear();
      this.#error = null;
    });
  }

  isConnected(): boolean {
    return this.#session !== null;
  }

  getConnectionStatus(): ConnectionStatus {
    const now = this.#deps.clock.now();
    const health = healthOf({
      mode: this.mode,
      session: this.#session,
      isConnecting: this.#isConnecting,
      lastTickAt: this.#lastTickAt,
      error: this.#error,
      now,
    });
    if (health.state !== this.#seen.state) this.#seen = { state: health.state, since: now };
    return { ...health, since: this.#seen.since };
  }

  getAccountInfo(options: CallOptions = {}): Promise<AccountInfo> {
    return this.#read(options, (session) => {
      const { cash, equity, buyingPower } = session.exchange.balances(session.now());
      const { accountId } = this.#config;
      return { accountId, mode: this.mode, currency: "USD", balance: cash, equity, buyingPower, positions: session.exchange.positions() };
    });
  }

  getPositions(options: CallOptions = {}): Promise<readonly Position[]> {
    return this.#read(options, ({ exchange }) => exchange.positions());
  }

  getBalances(options: CallOptions = {}): Promise<Balances> {
    return this.#read(options, (session) => session.exchange.balances(session.now()));
  }

  placeOrder(request: OrderRequest, options: CallOptions = {}): Promise<OrderResponse> {
    return this.#command(options, (session) => {
      const order = this.#parse(request);
      this.#refuseKnownId(order, session);
      const issues = findOrderIssues(order, this.#riskContext(session));
      if (issues.length > 0) throw this.#invalid(issues);
      const events = session.exchange.submit(session.now(), order);
      if (events.some(({ type }) => type === "order_accepted")) this.#remember(order);
      // As it is now: until this is stored the order may have gone on.
      const placed = session.exchange.orderByClientId(order.clientOrderId);
      return { events, answer: () => this.#answerOf(placed, events) };
    });
  }

  cancelOrder(orderId: string, options: CallOptions = {}): Promise<boolean> {
    return this.#command(options, (session) => {
      const events = session.exchange.cancel(session.now(), orderId);
      return { events, answer: () => this.#tookIt(events) };
    });
  }

  modifyOrder(orderId: string, updates: OrderUpdate, options: CallOptions = {}): Promise<boolean> {
    return this.#command(options, (session) => {
      const parsed = parseOrderUpdate(updates);
      if (!parsed.ok) throw this.#invalid(parsed.issues);
      const events = session.exchange.replace(session.now(), orderId, parsed.changes);
      return { events, answer: () => this.#tookIt(events) };
    });
  }

  getOrderStatus(orderId: string, options: CallOptions = {}): Promise<OrderStatus> {
    return this.#read(options, ({ exchange }) => {
      const order = exchange.order(orderId);
      if (order === undefined) throw this.#refused(BrokerErrorCode.ORDER_NOT_FOUND, "there is no order with this id", { orderId });
      return order.status;
    });
  }

  getOrderByClientOrderId(clientOrderId: string, options: CallOptions = {}): Promise<Order | null> {
    return this.#read(options, ({ exchange }) => {
      const order = exchange.orderByClientId(clientOrderId);
      return order === undefined ? null : explained(order, exchange);
    });
  }

  getOpenOrders(options: CallOptions = {}): Promise<readonly Order[]> {
    return this.#read(options, ({ exchange }) => exchange.openOrders().map((order) => explained(order, exchange)));
  }

  getOrderHistory(days: number, options: CallOptions = {}): Promise<readonly Order[]> {
    return this.#read(options, (session) => {
      this.#checkRange("days", days, LONGEST_HISTORY_DAYS);
      const since = session.now() - days * DAY_MS;
      return session.exchange
        .orders()
        .filter((order) => order.updatedAt >= since)
        .toReversed();
    });
  }

  getFills(since: number, options: CallOptions = {}): Promise<readonly Fill[]> {
    return this.#read(options, ({ exchange }) => exchange.fills(since));
  }

  subscribeToOrderUpdates(callback: (event: OrderUpdateEvent) => void, options: CallOptions = {}): Promise<Unsubscribe> {
    return this.#read(options, () => this.#updates.add(callback));
  }

  getMarketData(symbol: string, options: CallOptions = {}): Promise<MarketData> {
    return this.#read(options, (session) => {
      this.#requireInstrument(session, symbol);
      const latest = this.#latest(symbol);
      if (latest === undefined) throw this.#refused(BrokerErrorCode.NO_MARKET_DATA, `no price of ${symbol} has come yet`, { symbol });
      return latest;
    });
  }

  getMarketHours(market: string, options: CallOptions = {}): Promise<MarketHours> {
    return this.#read(options, (session) => {
      if (!MARKETS.includes(market)) {
        throw this.#refused(BrokerErrorCode.NOT_SUPPORTED, `the hours of ${MARKETS.join(" and ")} are known`, { market });
      }
      return marketHours(market, session.now(), { alwaysOpen: session.feed.description.alwaysOpen });
    });
  }

  subscribeToMarketData(symbol: string, callback: (data: MarketData) => void, options: CallOptions = {}): Promise<Unsubscribe> {
    return this.#read(options, (session) => {
      this.#requireInstrument(session, symbol);
      return this.#quotes.subscribe(symbol, callback);
    });
  }

  getHistoricalBars(request: BarsRequest, options: CallOptions = {}): Promise<readonly Bar[]> {
    return this.#read(options, (session) => {
      this.#requireInstrument(session, request.symbol);
      this.#checkRange("limit", request.limit, MOST_BARS);
      return session.feed.bars(request);
    });
  }

  searchInstruments(query: string, limit: number, options: CallOptions = {}): Promise<readonly Instrument[]> {
    return this.#read(options, (session) => {
      this.#checkRange("limit", limit, MOST_INSTRUMENTS);
      return searchInstruments(session.feed.instruments(), query, limit);
    });
  }

  validateOrder(request: OrderRequest, options: CallOptions = {}): Promise<ValidationResult> {
    return this.#read(options, (session) => {
      const parsed = parseOrder(request);
      return toValidationResult(parsed.ok ? findOrderIssues(parsed.order, this.#riskContext(session)) : parsed.issues);
    });
  }

  getMarginRequirements(request: OrderRequest, options: CallOptions = {}): Promise<MarginInfo> {
    return this.#read(options, (session) => {
      const order = this.#parse(request);
      this.#requireInstrument(session, order.symbol);
      const preview = session.exchange.preview(session.now(), order);
      if (preview !== undefined) return toMarginInfo(preview);
      throw this.#refused(BrokerErrorCode.NO_MARKET_DATA, `no price of ${order.symbol} to reckon with`, { symbol: order.symbol });
    });
  }

  previewOrder(request: OrderRequest, options: CallOptions = {}): Promise<OrderPreview> {
    return this.#read(options, (session) => {
      const order = this.#parse(request);
      this.#requireInstrument(session, order.symbol);
      const quotedAt = session.feed.latest(order.symbol)?.timestamp ?? null;
      return toOrderPreview(session.exchange.preview(session.now(), order), quotedAt);
    });
  }

  getRiskMetrics(options: CallOptions = {}): Promise<RiskMetrics> {
    return this.#read(options, (session) => riskMetricsOf(session.exchange, session.now()));
  }

  async #open(): Promise<PaperBackendSession> {
    try {
      return await PaperBackendSession.open(this.#config, this.#deps, {
        onUpdates: (updates) => {
          for (const update of updates) this.#updates.notify(update);
        },
        onTick: (tick) => {
          this.#lastTickAt = tick.receivedAt;
          this.#quotes.onTick(tick.symbol);
        },
        onTend: () => this.#quotes.refresh(),
        onFailed: (error) => this.#onFailed(error),
      });
    } catch (cause) {
      const failure = new BrokerError(`${this.name} could not load its account or start its prices`, BrokerErrorCode.CONNECTION_FAILED, this.name, { cause });
      this.#error = { code: failure.code, message: failure.message };
      throw failure;
    }
  }

  #onFailed(error: unknown): void {
    this.#deps.logger.error({ account: this.#config.accountId, err: error }, "a paper account could not be stored");
    this.#error = { code: BrokerErrorCode.CONNECTION_FAILED, message: "the account could not be stored; it is being loaded again" };
  }

  /** Answers from what is durable, so that nobody sees what a crash would undo. */
  #read<Result>(options: CallOptions, answer: (session: PaperBackendSession) => Result | Promise<Result>): Promise<Result> {
    return brokerCall(this.name, async () => {
      throwIfAborted(this.name, options);
      const session = this.#requireSession();
      const work = this.#stored(session.settled(), "refused").then(() => answer(session));
      return waitFor(this.name, work, options, "refused");
    });
  }

  /** Acts at once, in the order of the calls, and answers when what it caused is durable. */
  #command<Result>(options: CallOptions, act: (session: PaperBackendSession) => Act<Result>): Promise<Result> {
    return brokerCall(this.name, async () => {
      throwIfAborted(this.name, options);
      const session = this.#requireSession();
      const { events, answer } = act(session);
      await waitFor(this.name, this.#stored(session.record(events), "unknown"), options, "unknown");
      return answer();
    });
  }

  /** A write that failed may have been made all the same. */
  async #stored(written: Promise<void>, outcome: Outcome): Promise<void> {
    try {
      await written;
    } catch (cause) {
      const code = outcome === "unknown" ? BrokerErrorCode.OUTCOME_UNKNOWN : BrokerErrorCode.CONNECTION_FAILED;
      throw new BrokerError("the account could not be stored; reconnect, then look the order up by its id", code, this.name, { cause });
    }
  }

  #requireSession(): PaperBackendSession {
    const session = this.#session;
    if (session === null) throw this.#refused(BrokerErrorCode.CONNECTION_FAILED, "not connected: connect first");
    if (session.hasFailed) throw this.#refused(BrokerErrorCode.CONNECTION_FAILED, "the connection is being restored: try again shortly");
    return session;
  }

  #requireInstrument(session: PaperBackendSession, symbol: string): void {
    if (session.feed.instrument(symbol) !== undefined) return;
    throw this.#refused(BrokerErrorCode.SYMBOL_NOT_FOUND, `${symbol.slice(0, 40)} is not traded here; search for it by name`, { symbol: symbol.slice(0, 40) });
  }

  #latest(symbol: string): MarketData | undefined {
    const session = this.#session;
    const tick = session?.feed.latest(symbol);
    return session === null || tick === undefined ? undefined : withFeedState(tick, session, this.#deps.clock.now());
  }

  #parse(request: unknown): ParsedOrder {
    const parsed = parseOrder(request, mintClientOrderId(this.mode, this.#deps.random));
    if (!parsed.ok) throw this.#invalid(parsed.issues);
    return parsed.order;
  }

  #refuseKnownId({ clientOrderId }: ParsedOrder, { exchange }: PaperBackendSession): void {
    const known = exchange.orderByClientId(clientOrderId);
    if (known === undefined) return;
    const { orderId, status } = known;
    throw this.#refused(BrokerErrorCode.DUPLICATE_ORDER, `${clientOrderId} is order ${orderId} already, which is ${status}`, { clientOrderId, orderId, status });
  }

  #riskContext(session: PaperBackendSession): PaperRiskContext {
    const policy = this.#config.riskPolicy?.() ?? DEFAULT_RISK_POLICY;
    return { session, capabilities: this.capabilities, policy, recentOrders: this.#recent, now: this.#deps.clock.now() };
  }

  #remember({ clientOrderId, symbol, side, type, quantity, price, stopPrice }: ParsedOrder): void {
    const at = this.#deps.clock.now();
    const recent = this.#recent.filter((order) => at - order.at < MINUTE_MS);
    this.#recent = [...recent, { clientOrderId, symbol, side, type, quantity, price, stopPrice, at }];
  }

  #answerOf(placed: Order | undefined, events: readonly PaperEvent[]): OrderResponse {
    this.#throwRefusal(events);
    if (placed === undefined) throw new Error("the exchange took an order and does not know it");
    const { orderId, clientOrderId, symbol, quantity, side, type, status, submittedAt } = placed;
    const message = `Order taken by ${this.name} (${this.mode})`;
    return { orderId, clientOrderId, symbol, quantity, side, type, status, submittedAt, message, mode: this.mode };
  }

  #tookIt(events: readonly PaperEvent[]): boolean {
    this.#throwRefusal(events);
    return true;
  }

  #throwRefusal(events: readonly PaperEvent[]): void {
    for (const event of events) {
      if (event.type === "order_rejected" || event.type === "cancel_rejected" || event.type === "replace_rejected") {
        throw this.#refused(event.code, event.reason.text, { ...event.reason.params, rule: event.reason.rule });
      }
    }
  }

  #invalid(issues: readonly OrderIssue[]): BrokerError {
    const [first] = issues;
    const code = first?.code ?? BrokerErrorCode.INVALID_ORDER;
    const details = { ...first?.params, rule: first?.rule ?? "order_shape", ...(first?.field === undefined ? {} : { field: first.field }) };
    return this.#refused(code, issues.map(({ message }) => message).join("; "), details);
  }

  #refused(code: BrokerErrorCode, message: string, details: Readonly<Record<string, string | number>> = {}): BrokerError {
    return new BrokerError(message, code, this.name, { details, outcome: "refused" });
  }

  #checkRange(name: string, value: number, largest: number): void {
    if (Number.isInteger(value) && value >= 1 && value <= largest) return;
    throw this.#refused(BrokerErrorCode.NOT_SUPPORTED, `${name} is a whole number from 1 to ${largest}`, { [name]: String(value), largest });
  }

  #inLane<Result>(act: () => Promise<Result>): Promise<Result> {
    const mine = this.#lane.then(act, act);
    this.#lane = mine.catch(() => undefined);
    return brokerCall(this.name, () => mine);
  }
}

/** When the newest price reached us; null without any. */
function newestTickAt({ feed }: PaperBackendSession): number | null {
  const times = feed.instruments().flatMap(({ symbol }) => feed.latest(symbol)?.receivedAt ?? []);
  return times.length === 0 ? null : Math.max(...times);
}

/** An order that rests says why. */
function explained(order: Order, exchange: PaperExchange): Order {
  return order.reason === null ? { ...order, reason: exchange.explain(order.orderId)?.text ?? null } : order;
}

/** What a command caused, and what to say once that is durable. */
interface Act<Result> {
  readonly events: readonly PaperEvent[];
  readonly answer: () => Result;
}
