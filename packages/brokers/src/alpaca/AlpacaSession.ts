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
import { toAccountInfo, toBalances, toRiskMetrics } from "./account/AlpacaAccount.ts";
import { ALPACA_CAPABILITIES } from "./AlpacaCapabilities.ts";
import { AlpacaConnection } from "./AlpacaConnection.ts";
import { endpointsOf } from "./AlpacaEndpoints.ts";
import type { AlpacaLink } from "./AlpacaLink.ts";
import { ALPACA } from "./alpacaName.ts";
import { alpacaRefusal } from "./alpacaRefusal.ts";
import type { AlpacaLiveConfig, AlpacaPaperConfig } from "./AlpacaTypes.ts";
import { noPrice } from "./market/AlpacaMarket.ts";
import { judgedAlpaca } from "./orders/judgedAlpaca.ts";
import { previewOrder } from "./orders/previewOrder.ts";

const MARKETS = ["NYSE", "NASDAQ"];
const LONGEST_HISTORY_DAYS = 3_650;
const MOST_INSTRUMENTS = 100;
/** Stocks, and what else Alpaca trades ("BTC/USD"). Anything else is not asked for. */
const SYMBOL = /^[A-Z0-9][A-Z0-9./-]{0,31}$/i;

/** One account at Alpaca, paper or live, over its REST interface and both its streams. */
export class AlpacaSession implements BrokerClient {
  readonly name = ALPACA;
  readonly mode: "paper" | "live";
  readonly capabilities = ALPACA_CAPABILITIES;
  readonly #deps: BrokerDeps;
  readonly #connection: AlpacaConnection;
  readonly #judge: OrderJudge;
  readonly #unsent = new UnsentOrders();

  /** @throws BrokerError NOT_SUPPORTED for a venue that its mode may not reach. */
  constructor(config: AlpacaPaperConfig | AlpacaLiveConfig, deps: BrokerDeps) {
    this.mode = config.mode;
    this.#deps = deps;
    const endpoints = endpointsOf(config.mode, config.mode === "paper" ? config.venue : undefined);
    this.#connection = new AlpacaConnection(config, endpoints, deps);
    this.#judge = new OrderJudge(config.riskPolicy, ALPACA_CAPABILITIES, deps.clock);
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
      toAccountInfo(await account.recent(options), this.mode),
    );
  }

  getPositions(options: CallOptions = {}): Promise<readonly Position[]> {
    return this.#connection.read(options, async ({ account }) => (await account.recent(options)).positions);
  }

  getBalances(options: CallOptions = {}): Promise<Balances> {
    return this.#connection.read(options, async (link) =>
      toBalances(await link.account.recent(options), await openOrders(link, options)),
    );
  }

  placeOrder(request: OrderRequest, options: CallOptions = {}): Promise<OrderResponse> {
    return this.#connection.command(options, async (link) => {
      const order = this.#parse(request);
      const unsent = this.#unsent.begin(order.clientOrderId);
      const signal = options.signal === undefined ? unsent.signal : AbortSignal.any([options.signal, unsent.signal]);
      const { issues, isReducing } = await this.#judge
        .judge(order, judgedAlpaca(link), { ...options, signal }, true)
        .catch((error: unknown) => {
          throw unsent.handOver() ? error : withdrawn(this.name);
        });
      // From here to the wire's queue nothing is awaited: it can always be taken back in the one place or the other.
      if (!unsent.handOver()) throw withdrawn(this.name);
      if (issues.length > 0) throw ruleRefusal(this.name, issues);
      requireFollowed(link);
      const takeBack = this.#judge.remember(order);
      try {
        return await link.orders.place(order, isReducing ? "reduce" : "order", options);
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
        const issues = await this.#judge.judgeChange(order, changes, judgedAlpaca(link), options);
        if (issues.length > 0) throw ruleRefusal(this.name, issues);
        requireFollowed(link);
      };
      try {
        return await link.orders.replace(orderId, changes, judge, options);
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

  /** From the account's activities: Alpaca's paper environment lists them a day late. Of the last 90 days. */
  subscribeToAccountEvents(
    since: number,
    callback: (event: AccountEvent) => void,
    options: CallOptions = {},
  ): Promise<Unsubscribe> {
    return this.#connection.read(options, async ({ news }) => {
      assertInstant(this.name, "since", since);
      assertCallback(this.name, callback);
      return news.subscribe(since, callback, options);
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
      throw alpacaRefusal(BrokerErrorCode.NOT_SUPPORTED, `the hours of ${MARKETS.join(" and ")} are known`, {
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
    return this.#connection.read(options, async ({ market }) => {
      assertText(this.name, "query", query);
      assertInRange(this.name, "limit", limit, MOST_INSTRUMENTS);
      return market.search(query, limit, options);
    });
  }

  validateOrder(request: OrderRequest, options: CallOptions = {}): Promise<ValidationResult> {
    return this.#connection.read(options, async (link) => {
      const parsed = parseOrder(request);
      if (!parsed.ok) return toValidationResult(parsed.issues);
      return toValidationResult((await this.#judge.judge(parsed.order, judgedAlpaca(link), options)).issues);
    });
  }

  getMarginRequirements(request: OrderRequest, options: CallOptions = {}): Promise<MarginInfo> {
    return this.#connection.read(options, async (link) => {
      const order = this.#parse(request);
      await this.#requireInstrument(link, order.symbol, options);
      const { margin } = await previewOrder(order, link, options);
      if (margin === null) throw noPrice(order.symbol);
      return margin;
    });
  }

  previewOrder(request: OrderRequest, options: CallOptions = {}): Promise<OrderPreview> {
    return this.#connection.read(options, async (link) => {
      const order = this.#parse(request);
      await this.#requireInstrument(link, order.symbol, options);
      return previewOrder(order, link, options);
    });
  }

  getRiskMetrics(options: CallOptions = {}): Promise<RiskMetrics> {
    return this.#connection.read(options, async ({ account, orders }) =>
      toRiskMetrics(await account.recent(options), (await orders.open(options)).length),
    );
  }

  #parse(request: unknown): ParsedOrder {
    const parsed = parseOrder(request, mintClientOrderId(this.mode, this.#deps.random));
    if (!parsed.ok) throw ruleRefusal(this.name, parsed.issues);
    return parsed.order;
  }

  async #requireInstrument({ market }: AlpacaLink, value: unknown, options: CallOptions): Promise<Instrument> {
    const isSymbol = typeof value === "string" && SYMBOL.test(value);
    const instrument = isSymbol ? await market.instrument(value, options) : null;
    if (instrument !== null) return instrument;
    const symbol = show(value);
    throw alpacaRefusal(BrokerErrorCode.SYMBOL_NOT_FOUND, `${symbol} is not traded here; search for it by name`, {
      symbol,
    });
  }
}

/** What became of every order is known, as far as the stream tells. */
function isFollowed({ isCaughtUp, orderStream }: AlpacaLink): boolean {
  return isCaughtUp && orderStream.isReady;
}

/** For what is asked often: Alpaca is asked only where they are not followed. */
async function openOrders(link: AlpacaLink, options: CallOptions): Promise<readonly Order[]> {
  return isFollowed(link) ? link.orders.knownOpen() : link.orders.open(options);
}

/** New orders wait until it is known what became of the old ones. */
function requireFollowed(link: AlpacaLink): void {
  if (isFollowed(link)) return;
  throw alpacaRefusal(
    BrokerErrorCode.CONNECTION_FAILED,
    "what happened to orders is being read again: try again shortly",
  );
}
