import type { BrokerClient, CallOptions, Unsubscribe } from "../BrokerClient.ts";
import { BrokerError } from "../BrokerError.ts";
import { brokerCall, throwIfAborted, waitFor } from "../brokerCall.ts";
import { brokerDeps, type BrokerDeps } from "../deps.ts";
import type { AccountEvent } from "../domain/AccountEvent.ts";
import type { BrokerCapabilities } from "../domain/capabilities.ts";
import type { ConnectionStatus } from "../domain/connection.ts";
import { money } from "../domain/decimal.ts";
import { BrokerErrorCode } from "../domain/errorCode.ts";
import type { BarsRequest, MarketData } from "../domain/marketData.ts";
import type { OrderRequest, OrderUpdate, OrderUpdateEvent } from "../domain/order.ts";
import { SyntheticFeed } from "../feeds/SyntheticFeed.ts";
import { PaperBackend } from "../paper/PaperBackend.ts";
import { ownFeed, sharedFeed } from "../paper/PaperConfig.ts";
import { createMockAccount } from "./createMockAccount.ts";
import { Faults, type SimulatedBrokerClient } from "./faults.ts";
import type { MockBrokerData, MockConfig } from "./MockConfig.ts";

const DEFAULT_LATENCY_MS = 100;

/**
 * A broker that does not exist: a paper account in memory and invented prices at all hours, in process, with latency and
 * with errors to order. Every answer says `mode: "mock"`. With a given clock, random and seed it is deterministic.
 */
export class MockBrokerClient implements SimulatedBrokerClient {
  readonly name: string;
  readonly mode = "mock";
  readonly capabilities: BrokerCapabilities;
  readonly #backend: BrokerClient;
  readonly #deps: BrokerDeps;
  readonly #latencyMs: number;
  readonly #faults: Faults;
  #dropped: ConnectionStatus["error"] = null;
  /** The end of the last act that opens or closes the backend; they never overlap. */
  #lane: Promise<unknown> = Promise.resolve();
  /** The backend is open for the length of one question only. */
  #isGlancing = false;

  constructor(data: MockBrokerData, config: MockConfig = {}, deps: Partial<BrokerDeps> = {}) {
    this.#deps = brokerDeps(deps);
    this.#latencyMs = config.mockLatency ?? DEFAULT_LATENCY_MS;
    this.name = data.name;
    this.capabilities = data.capabilities;
    this.#faults = new Faults(data.name);
    const { clock, logger, random } = this.#deps;
    const onListenerError = (error: unknown): void => logger.error({ err: error }, "a tick listener threw");
    const { seed = 1, account = createMockAccount(random) } = config;
    this.#backend = new PaperBackend(
      {
        ...data,
        mode: "mock",
        startingCash: money(data.startingCash),
        ...account,
        openFeed:
          config.feed === undefined
            ? ownFeed(() => new SyntheticFeed({ clock, seed, onListenerError }))
            : sharedFeed(config.feed),
        ...(config.riskPolicy === undefined ? {} : { riskPolicy: config.riskPolicy }),
      },
      this.#deps,
    );
  }

  simulateError(code: BrokerErrorCode, times = 1): void {
    this.#faults.simulate(code, times);
  }

  connect(options: CallOptions = {}) {
    return this.#withFaults(options, () =>
      this.#inLane(async () => {
        const isConnected = await this.#backend.connect(options);
        this.#dropped = null;
        return isConnected;
      }),
    );
  }

  /** Always succeeds. */
  disconnect(options?: CallOptions) {
    return this.#inLane(async () => {
      await this.#backend.disconnect(options);
      this.#dropped = null;
    });
  }

  isConnected(): boolean {
    return this.#dropped === null && !this.#isGlancing && this.#backend.isConnected();
  }

  getConnectionStatus(): ConnectionStatus {
    const status = this.#backend.getConnectionStatus();
    if (this.#dropped === null && !this.#isGlancing) return status;
    return { ...status, state: "disconnected", isConnected: false, isHealthy: false, error: this.#dropped };
  }

  getAccountInfo(options: CallOptions = {}) {
    return this.#call(options, () => this.#backend.getAccountInfo(options));
  }
  getPositions(options: CallOptions = {}) {
    return this.#call(options, () => this.#backend.getPositions(options));
  }
  getBalances(options: CallOptions = {}) {
    return this.#call(options, () => this.#backend.getBalances(options));
  }

  placeOrder(order: OrderRequest, options: CallOptions = {}) {
    return this.#call(options, () => this.#backend.placeOrder(order, options));
  }
  cancelOrder(orderId: string, options: CallOptions = {}) {
    return this.#call(options, () => this.#backend.cancelOrder(orderId, options));
  }
  cancelAllOrders(options: CallOptions = {}) {
    return this.#call(options, () => this.#backend.cancelAllOrders(options));
  }
  modifyOrder(orderId: string, updates: OrderUpdate, options: CallOptions = {}) {
    return this.#call(options, () => this.#backend.modifyOrder(orderId, updates, options));
  }
  getOrderStatus(orderId: string, options: CallOptions = {}) {
    return this.#call(options, () => this.#backend.getOrderStatus(orderId, options));
  }
  getOrderByClientOrderId(clientOrderId: string, options: CallOptions = {}) {
    return this.#call(options, () => this.#backend.getOrderByClientOrderId(clientOrderId, options));
  }
  getOpenOrders(options: CallOptions = {}) {
    return this.#call(options, () => this.#backend.getOpenOrders(options));
  }
  getOrderHistory(days: number, options: CallOptions = {}) {
    return this.#call(options, () => this.#backend.getOrderHistory(days, options));
  }
  getFills(since: number, options: CallOptions = {}) {
    return this.#call(options, () => this.#backend.getFills(since, options));
  }
  subscribeToOrderUpdates(
    callback: (event: OrderUpdateEvent) => void,
    options: CallOptions = {},
  ): Promise<Unsubscribe> {
    return this.#call(options, () => this.#backend.subscribeToOrderUpdates(this.#whileConnected(callback), options));
  }
  subscribeToAccountEvents(
    since: number,
    callback: (event: AccountEvent) => void,
    options: CallOptions = {},
  ): Promise<Unsubscribe> {
    const whileConnected = this.#whileConnected(callback);
    return this.#call(options, () => this.#backend.subscribeToAccountEvents(since, whileConnected, options));
  }

  getMarketData(symbol: string, options: CallOptions = {}) {
    return this.#call(options, () => this.#backend.getMarketData(symbol, options));
  }
  getMarketHours(market: string, options: CallOptions = {}) {
    return this.#call(options, () => this.#backend.getMarketHours(market, options));
  }
  subscribeToMarketData(
    symbol: string,
    callback: (data: MarketData) => void,
    options: CallOptions = {},
  ): Promise<Unsubscribe> {
    return this.#call(options, () =>
      this.#backend.subscribeToMarketData(symbol, this.#whileConnected(callback), options),
    );
  }
  getHistoricalBars(request: BarsRequest, options: CallOptions = {}) {
    return this.#call(options, () => this.#backend.getHistoricalBars(request, options));
  }
  searchInstruments(query: string, limit: number, options: CallOptions = {}) {
    return this.#call(options, () => this.#backend.searchInstruments(query, limit, options));
  }

  /** As the spec has it, a mock answers this and the next two without a connection: its account is at hand. */
  validateOrder(order: OrderRequest, options: CallOptions = {}) {
    return this.#whatIf(options, () => this.#backend.validateOrder(order, options));
  }
  getMarginRequirements(order: OrderRequest, options: CallOptions = {}) {
    return this.#whatIf(options, () => this.#backend.getMarginRequirements(order, options));
  }
  previewOrder(order: OrderRequest, options: CallOptions = {}) {
    return this.#whatIf(options, () => this.#backend.previewOrder(order, options));
  }
  getRiskMetrics(options: CallOptions = {}) {
    return this.#call(options, () => this.#backend.getRiskMetrics(options));
  }

  #call<Result>(options: CallOptions, call: () => Promise<Result>): Promise<Result> {
    return this.#withFaults(options, () => {
      if (this.#dropped !== null) {
        throw new BrokerError("the connection was lost: connect again", BrokerErrorCode.CONNECTION_FAILED, this.name);
      }
      return call();
    });
  }

  #whatIf<Result>(options: CallOptions, question: () => Promise<Result>): Promise<Result> {
    return this.#call(options, async () => {
      if (this.isConnected()) return question();
      return this.#inLane(async () => {
        if (this.#backend.isConnected()) return question();
        this.#isGlancing = true;
        try {
          await this.#backend.connect(options);
          return await question();
        } finally {
          await this.#backend.disconnect();
          this.#isGlancing = false;
        }
      });
    });
  }

  #inLane<Result>(act: () => Promise<Result>): Promise<Result> {
    const mine = this.#lane.then(act, act);
    this.#lane = mine.catch(() => undefined);
    return mine;
  }

  #withFaults<Result>(options: CallOptions, call: () => Promise<Result>): Promise<Result> {
    return brokerCall(this.name, async () => {
      throwIfAborted(this.name, options);
      const fault = this.#faults.take();
      if (this.#latencyMs > 0) await waitFor(this.name, this.#deps.clock.sleep(this.#latencyMs), options, "refused");
      if (fault === null) return call();
      if (fault.isAnswerLost) await call();
      if (fault.drops) this.#dropped = { code: fault.error.code, message: fault.error.message };
      throw fault.error;
    });
  }

  #whileConnected<Value>(callback: (value: Value) => void): (value: Value) => void {
    return (value) => {
      if (this.#dropped === null) callback(value);
    };
  }
}
