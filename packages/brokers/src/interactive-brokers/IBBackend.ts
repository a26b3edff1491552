import { riskMetricsFrom } from "../accounting/riskMetricsFrom.ts";
import type { BrokerClient, CallOptions, Unsubscribe } from "../BrokerClient.ts";
import { BrokerError } from "../BrokerError.ts";
import type { BrokerDeps } from "../deps.ts";
import type { AccountInfo, Balances, MarginInfo, OrderPreview, RiskMetrics } from "../domain/account.ts";
import type { AccountEvent } from "../domain/AccountEvent.ts";
import { mintClientOrderId } from "../domain/clientOrderIds.ts";
import type { ConnectionStatus } from "../domain/connection.ts";
import { BrokerErrorCode } from "../domain/errorCode.ts";
import type { Bar, BarsRequest, Instrument, MarketData, MarketHours } from "../domain/marketData.ts";
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
import { OrderJudge } from "../judging/OrderJudge.ts";
import {
  assertBarsRequest,
  assertCallback,
  assertInRange,
  assertInstant,
  assertText,
} from "../paper/backend/arguments.ts";
import { ruleRefusal } from "../paper/backend/refusals.ts";
import { UnsentOrders } from "../rate-limit/UnsentOrders.ts";
import { withdrawn } from "../rate-limit/unsent.ts";
import { show } from "../rules/orderFields.ts";
import type { ParsedOrder } from "../rules/ParsedOrder.ts";
import { parseOrder } from "../rules/parseOrder.ts";
import { parseOrderUpdate } from "../rules/parseOrderUpdate.ts";
import { toValidationResult } from "../rules/toValidationResult.ts";
import { toAccountInfo, toBalances } from "./account/accountAnswers.ts";
import { IB_CAPABILITIES } from "./IBCapabilities.ts";
import { IBConnection } from "./IBConnection.ts";
import type { IBLink } from "./IBLink.ts";
import { INTERACTIVE_BROKERS } from "./ibName.ts";
import { ibRefusal } from "./ibRefusal.ts";
import type { IBLiveConfig, IBPaperConfig } from "./IBTypes.ts";
import { noSuchSymbol } from "./market/IBContracts.ts";
import { noPrice } from "./market/IBMarket.ts";
import { judgedGateway } from "./orders/judgedGateway.ts";
import { toOrderPreview } from "./orders/toOrderPreview.ts";

const MARKETS = ["NYSE", "NASDAQ"];
const LONGEST_HISTORY_DAYS = 3_650;
const MOST_INSTRUMENTS = 100;
/** Anything else no stock is called, and is not asked for. */
const SYMBOL = /^[A-Z0-9][A-Z0-9.-]{0,15}$/i;

/** One account at Interactive Brokers, paper or live, over TWS or the IB Gateway. */
export class IBBackend implements BrokerClient {
  readonly name = INTERACTIVE_BROKERS;
  readonly mode: "paper" | "live";
  readonly capabilities = IB_CAPABILITIES;
  readonly #deps: BrokerDeps;
  readonly #connection: IBConnection;
  readonly #judge: OrderJudge;
  readonly #unsent = new UnsentOrders();

  constructor(config: IBPaperConfig | IBLiveConfig, deps: BrokerDeps) {
    this.mode = config.mode;
    this.#deps = deps;
    this.#connection = new IBConnection(config, deps);
    this.#judge = new OrderJudge(config.riskPolicy, IB_CAPABILITIES, deps.clock);
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
    return this.#connection.read(options, async ({ account }) =>
      toAccountInfo(await account.facts(options), this.mode),
    );
  }

  getPositions(options: CallOptions = {}): Promise<readonly Position[]> {
    return this.#connection.read(options, async ({ account }) => (await account.facts(options)).positions);
  }

  getBalances(options: CallOptions = {}): Promise<Balances> {
    return this.#connection.read(options, async (link) =>
      toBalances(await link.account.facts(options), await openOrders(link, options)),
    );
  }

  placeOrder(request: OrderRequest, options: CallOptions = {}): Promise<OrderResponse> {
    return this.#connection.command(options, async (link) => {
      const order = this.#parse(request);
      const unsent = this.#unsent.begin(order.clientOrderId);
      const signal = options.signal === undefined ? unsent.signal : AbortSignal.any([options.signal, unsent.signal]);
      const { issues, isReducing, prepared } = await this.#prepare(order, link, { ...options, signal }).catch(
        (error: unknown) => {
          throw unsent.handOver() ? error : withdrawn(this.name);
        },
      );
      // From here to the wire's queue nothing is awaited: it can always be taken back in the one place or the other.
      if (!unsent.handOver()) throw withdrawn(this.name);
      if (prepared === null) throw ruleRefusal(this.name, issues);
      requireFollowed(link);
      const takeBack = this.#judge.remember(order);
      try {
        return await link.orders.place(prepared, isReducing ? "reduce" : "order", options);
      } catch (error) {
        if (error instanceof BrokerError && error.outcome === "refused") takeBack();
        throw error;
      } finally {
        link.account.changed();
      }
    });
  }

  withdrawOrder(clientOrderId: string): boolean {
    const isJudged = this.#unsent.withdraw(clientOrderId);
    const isQueued = this.#connection.withdraw(clientOrderId);
    return isJudged || isQueued;
  }

  cancelOrder(orderId: string, options: CallOptions = {}): Promise<boolean> {
    return this.#connection.command(options, async ({ orders, account }) => {
      try {
        return await orders.cancel(orderId, options);
      } finally {
        account.changed();
      }
    });
  }

  cancelAllOrders(options: CallOptions = {}): Promise<number> {
    return this.#connection.command(options, async ({ orders, account }) => {
      try {
        return await orders.cancelAll(options);
      } finally {
        account.changed();
      }
    });
  }

  modifyOrder(orderId: string, updates: OrderUpdate, options: CallOptions = {}): Promise<boolean> {
    return this.#connection.command(options, async (link) => {
      const parsed = parseOrderUpdate(updates);
      if (!parsed.ok) throw ruleRefusal(this.name, parsed.issues);
      const { changes } = parsed;
      const judge = async (order: Order): Promise<void> => {
        const issues = await this.#judge.judgeChange(order, changes, judgedGateway(link), options);
        if (issues.length > 0) throw ruleRefusal(this.name, issues);
        requireFollowed(link);
      };
      try {
        return await link.orders.change(orderId, changes, judge, options);
      } finally {
        link.account.changed();
      }
    });
  }

  getOrderStatus(orderId: string, options: CallOptions = {}): Promise<OrderStatus> {
    return this.#connection.read(options, async ({ orders }) => (await orders.byId(orderId, options)).status);
  }

  getOrderByClientOrderId(clientOrderId: string, options: CallOptions = {}): Promise<Order | null> {
    return this.#connection.read(options, async ({ orders }) => {
      // What no order can have is not asked for.
      if (typeof clientOrderId !== "string" || !/^[\x21-\x7e]{1,128}$/.test(clientOrderId)) return null;
      return orders.byClientOrderId(clientOrderId, options);
    });
  }

  getOpenOrders(options: CallOptions = {}): Promise<readonly Order[]> {
    return this.#connection.read(options, ({ orders }) => orders.open(options));
  }

  getOrderHistory(days: number, options: CallOptions = {}): Promise<readonly Order[]> {
    return this.#connection.read(options, async ({ orders }) => {
      assertInRange(this.name, "days", days, LONGEST_HISTORY_DAYS);
      return orders.history(days, options);
    });
  }

  getFills(since: number, options: CallOptions = {}): Promise<readonly Fill[]> {
    return this.#connection.read(options, async ({ orders }) => {
      assertInstant(this.name, "since", since);
      return orders.fills(since, options);
    });
  }

  subscribeToOrderUpdates(
    callback: (event: OrderUpdateEvent) => void,
    options: CallOptions = {},
  ): Promise<Unsubscribe> {
    return this.#connection.read(options, async () => {
      assertCallback(this.name, callback);
      return Promise.resolve(this.#connection.updates.add(callback));
    });
  }

  /** Silent: over TWS nothing is told of dividends, splits and the like; they are in the statements alone. */
  subscribeToAccountEvents(
    since: number,
    callback: (event: AccountEvent) => void,
    options: CallOptions = {},
  ): Promise<Unsubscribe> {
    return this.#connection.read(options, async () => {
      assertInstant(this.name, "since", since);
      assertCallback(this.name, callback);
      return Promise.resolve(() => undefined);
    });
  }

  getMarketData(symbol: string, options: CallOptions = {}): Promise<MarketData> {
    return this.#connection.read(options, async (link) => {
      await this.#requireInstrument(link, symbol, options);
      const latest = await link.market.latest(symbol, options);
      if (latest === null) throw noPrice(symbol);
      return latest;
    });
  }

  getMarketHours(market: string, options: CallOptions = {}): Promise<MarketHours> {
    return this.#connection.read(options, async (link) => {
      if (MARKETS.includes(market)) return Promise.resolve(link.market.hours(market));
      throw ibRefusal(BrokerErrorCode.NOT_SUPPORTED, `the hours of ${MARKETS.join(" and ")} are known`, {
        market: show(market),
      });
    });
  }

  subscribeToMarketData(
    symbol: string,
    callback: (data: MarketData) => void,
    options: CallOptions = {},
  ): Promise<Unsubscribe> {
    return this.#connection.read(options, async (link) => {
      await this.#requireInstrument(link, symbol, options);
      assertCallback(this.name, callback);
      return link.market.subscribe(symbol, callback, options);
    });
  }

  getHistoricalBars(request: BarsRequest, options: CallOptions = {}): Promise<readonly Bar[]> {
    return this.#connection.read(options, async (link) => {
      assertBarsRequest(this.name, request);
      await this.#requireInstrument(link, request.symbol, options);
      return link.market.bars(request, options);
    });
  }

  searchInstruments(query: string, limit: number, options: CallOptions = {}): Promise<readonly Instrument[]> {
    return this.#connection.read(options, async ({ contracts }) => {
      assertText(this.name, "query", query);
      assertInRange(this.name, "limit", limit, MOST_INSTRUMENTS);
      return contracts.search(query, limit, options);
    });
  }

  validateOrder(request: OrderRequest, options: CallOptions = {}): Promise<ValidationResult> {
    return this.#connection.read(options, async (link) => {
      const parsed = parseOrder(request);
      if (!parsed.ok) return toValidationResult(parsed.issues);
      return toValidationResult((await this.#judge.judge(parsed.order, judgedGateway(link), options)).issues);
    });
  }

  /** @throws BrokerError NOT_SUPPORTED where Interactive Brokers does not say what the order needs */
  getMarginRequirements(request: OrderRequest, options: CallOptions = {}): Promise<MarginInfo> {
    return this.#connection.read(options, async (link) => {
      const order = this.#parse(request);
      const { margin, referencePrice } = await this.#preview(order, link, options);
      if (margin !== null) return margin;
      if (referencePrice === null) throw noPrice(order.symbol);
      const message = "Interactive Brokers does not say what margin this order needs: it is not known";
      throw ibRefusal(BrokerErrorCode.NOT_SUPPORTED, message, { symbol: order.symbol });
    });
  }

  previewOrder(request: OrderRequest, options: CallOptions = {}): Promise<OrderPreview> {
    return this.#connection.read(options, async (link) => this.#preview(this.#parse(request), link, options));
  }

  getRiskMetrics(options: CallOptions = {}): Promise<RiskMetrics> {
    return this.#connection.read(options, async (link) =>
      riskMetricsFrom(await link.account.facts(options), (await openOrders(link, options)).length),
    );
  }

  /** The rules' word, and all that has to be waited for before it can be written; null where the rules refuse it. */
  async #prepare(order: ParsedOrder, link: IBLink, options: CallOptions) {
    const judgement = await this.#judge.judge(order, judgedGateway(link), options, true);
    const prepared = judgement.issues.length > 0 ? null : await link.orders.prepare(order, options);
    return { ...judgement, prepared };
  }

  async #preview(order: ParsedOrder, link: IBLink, options: CallOptions): Promise<OrderPreview> {
    await this.#requireInstrument(link, order.symbol, options);
    const { account, quote } = await this.#ask(order.symbol, link, options);
    const whatIf = quote === null ? null : await link.orders.whatIf(order, options);
    return toOrderPreview(order, quote, account, whatIf);
  }

  async #ask(symbol: string, { account, market }: IBLink, options: CallOptions) {
    const [facts, quote] = await Promise.all([account.facts(options), market.latest(symbol, options)]);
    return { account: facts, quote };
  }

  #parse(request: unknown): ParsedOrder {
    const parsed = parseOrder(request, mintClientOrderId(this.mode, this.#deps.random));
    if (!parsed.ok) throw ruleRefusal(this.name, parsed.issues);
    return parsed.order;
  }

  async #requireInstrument({ market }: IBLink, value: unknown, options: CallOptions): Promise<Instrument> {
    const isSymbol = typeof value === "string" && SYMBOL.test(value);
    const instrument = isSymbol ? await market.instrument(value, options) : null;
    if (instrument !== null) return instrument;
    throw noSuchSymbol(show(value));
  }
}

/** What became of every order is known, as far as the session tells. */
function isFollowed({ orders, gateway }: IBLink): boolean {
  return orders.isCaughtUp && gateway.state.kind === "ready";
}

/** For what is asked often: the gateway is asked only where they are not followed. */
async function openOrders(link: IBLink, options: CallOptions): Promise<readonly Order[]> {
  return isFollowed(link) ? link.orders.knownOpen() : link.orders.open(options);
}

/** New orders wait until it is known what became of the old ones. */
function requireFollowed(link: IBLink): void {
  if (isFollowed(link)) return;
  const message = "what happened to orders is being read again: try again shortly";
  throw ibRefusal(BrokerErrorCode.CONNECTION_FAILED, message);
}
