import type { BrokerClient, BrokerManager, CallOptions, ConnectionRequest } from "@trenddojo/brokers";
import type { Clock, ConnectionStatus, MarketData, OrderId, OrderUpdateEvent } from "@trenddojo/brokers/domain";
import { orders, type AccountRow, type ConnectionRow, type Db, type OrderRow } from "@trenddojo/db";
import type { Logger } from "pino";
import type { AuditLog } from "../audit/AuditLog.ts";
import { DeskError } from "../DeskError.ts";
import type { IdMaker } from "../lib/IdMaker.ts";
import { SerialQueue } from "../lib/SerialQueue.ts";
import { sleepQuietly } from "../lib/sleepQuietly.ts";
import { TaskSet } from "../lib/TaskSet.ts";
import { withTimeout } from "../lib/withTimeout.ts";
import { applyFill } from "../orders/applyFill.ts";
import { applySnapshot } from "../orders/applySnapshot.ts";
import type { ConnectionLease, Lease } from "../orders/ConnectionLease.ts";
import { InFlight } from "../orders/InFlight.ts";
import { OrderExecutor } from "../orders/OrderExecutor.ts";
import type { OrderJournal } from "../orders/OrderJournal.ts";
import { UnknownOrders, type NotFoundPolicy } from "../orders/UnknownOrders.ts";
import type { QuoteSource } from "../streams/QuoteSource.ts";
import { subjects, type TickBus } from "../streams/TickBus.ts";
import { reconcileAccount, refreshOrder, type OrderBooks, type ReconcileParts } from "../usecases/reconcileAccount.ts";

/** The market's hours are asked for, and orders of unknown outcome looked up, this often. */
const TEND_EVERY_MS = 5_000;
/** Everything is compared with the broker at least this often. */
const RECONCILE_EVERY_MS = 60_000;
const RETRY_MS = 1_000;
/** A broker that has not connected, or let go, by then is not waited for. */
const CONNECT_MS = 30_000;
const DISCONNECT_MS = 5_000;
/** A request about an order is of unknown outcome after this. */
const REQUEST_MS = 10_000;
/** The account's queue waits behind a question, so it is short. */
const QUESTION_MS = 5_000;
/** US stocks and ETFs share one calendar. */
const MARKET = "NYSE";

export interface HostParts {
  readonly connection: ConnectionRow;
  readonly account: AccountRow;
  readonly manager: BrokerManager;
  readonly leases: ConnectionLease;
  readonly db: Db;
  readonly clock: Clock;
  readonly ids: IdMaker;
  readonly log: Logger;
  readonly audit: AuditLog;
  readonly journal: OrderJournal;
  readonly bus: TickBus;
  readonly notFound: NotFoundPolicy;
}

/**
 * The owner of one open connection: holds its lease, keeps its orders in step with the broker, and lets new ones go
 * only once both agree. All that happens to the account's orders goes through one queue, in order.
 */
export class ConnectionHost implements QuoteSource {
  readonly connection: ConnectionRow;
  readonly account: AccountRow;
  /** The account's queue. What is placed, answered, pushed and reconciled happens in here, one after the other. */
  readonly updates = new SerialQueue();
  readonly inFlight = new InFlight();
  readonly #parts: HostParts;
  readonly #unknown: UnknownOrders;
  readonly #tasks: TaskSet;
  readonly #stop = new AbortController();
  #client: BrokerClient | null = null;
  #executor: OrderExecutor | null = null;
  #lease: Lease | null = null;
  #isReady = false;
  /** Grows when what was reconciled cannot be relied on any more: a drop, an update that was not applied. */
  #doubts = 0;
  #isMarketOpen = false;
  #syncing: Promise<void> | null = null;
  readonly #quoteEnds = new Set<() => void>();
  #endUpdates: (() => void) | null = null;
  #endStatus: (() => void) | null = null;

  constructor(parts: HostParts) {
    this.#parts = parts;
    this.connection = parts.connection;
    this.account = parts.account;
    this.#unknown = new UnknownOrders(parts.clock, parts.notFound);
    this.#tasks = new TaskSet(parts.log);
  }

  /**
   * Takes the lease, connects and reconciles. With `prove` it rejects where the broker refuses, and nothing stays open;
   * without, the monitor goes on trying.
   * @throws BrokerError
   */
  async open(request: ConnectionRequest, { prove }: { readonly prove: boolean }): Promise<void> {
    const { manager, leases, clock, db, log, journal } = this.#parts;
    const lease = await leases.acquire(this.connection.id, { signal: this.#stop.signal });
    this.#lease = lease;
    this.#client = prove
      ? await this.#ask(CONNECT_MS, (options) => manager.connectBroker(request, options))
      : await manager.restoreBroker(request);
    const client = this.#client;
    this.#executor = new OrderExecutor({
      accountId: this.account.id,
      db,
      clock,
      log,
      journal,
      lease,
      updates: this.updates,
      inFlight: this.inFlight,
      client: () => this.readyClient(),
      onUnknown: () => this.#tasks.add("look for an unknown order", this.#sync("open")),
    });
    this.#endStatus = manager.onStatusChange(request.userId, request.connectionId, (status) => this.#onStatus(status));
    this.#tasks.add("send orders", this.#executor.run(this.#stop.signal));
    this.#tasks.add("tend the connection", this.#tend(this.#stop.signal));
    try {
      await this.#ask(CONNECT_MS, (options) => client.connect(options));
      await this.#sync("recent");
    } catch (err) {
      if (prove) throw err;
      log.warn({ err, connectionId: this.connection.id }, "a connection could not be restored yet");
    }
  }

  /** Begins to close, also while it is being opened: nothing more is sent, and nothing is waited for any longer. */
  stop(): void {
    this.#doubt();
    this.#stop.abort();
  }

  /** Stops sending, waits for what is under way, disconnects and gives the lease back. */
  async close(): Promise<void> {
    this.stop();
    this.#endStatus?.();
    for (const onEnd of this.#quoteEnds) onEnd();
    await this.#tasks.idle();
    this.#endUpdates?.();
    await this.#disconnect();
    await this.updates.idle();
    this.#client = null;
    await this.#lease?.[Symbol.asyncDispose]();
    this.#parts.bus.publish(subjects.connections(this.connection.userId));
  }

  /** There may be intents to send. */
  wake(): void {
    this.#executor?.wake();
  }

  /** As the client itself sees it now. */
  status(): ConnectionStatus | null {
    return this.#client?.getConnectionStatus() ?? null;
  }

  /** The client while orders may go: connected, and reconciled since. */
  readyClient(): BrokerClient | null {
    return this.#isReady && this.#client?.isConnected() === true ? this.#client : null;
  }

  /** @throws DeskError NOT_CONNECTED */
  requireReady(): BrokerClient {
    const client = this.readyClient();
    if (client !== null) return client;
    const what = this.#client?.isConnected() === true ? "is being reconciled with its broker" : "is not connected";
    throw new DeskError("NOT_CONNECTED", `${this.connection.label} ${what}: nothing was sent.`, {
      retryAfterSeconds: 2,
    });
  }

  /** For reading, also while it is being reconciled. @throws DeskError NOT_CONNECTED */
  requireConnected(): BrokerClient {
    if (this.#client?.isConnected() === true) return this.#client;
    throw new DeskError("NOT_CONNECTED", `${this.connection.label} is not connected.`, { retryAfterSeconds: 2 });
  }

  async subscribe(symbol: string, listener: (data: MarketData) => void, onEnd: () => void): Promise<() => void> {
    const client = this.requireConnected();
    let isWanted = true;
    const unsubscribe = await this.#ask(QUESTION_MS, async (options) => {
      const end = await client.subscribeToMarketData(symbol, listener, options);
      if (!isWanted) end();
      return end;
    }).catch((error: unknown) => {
      isWanted = false;
      throw error;
    });
    // Closing has told the subscriptions that it knew of; this one would never hear of it.
    if (this.#stop.signal.aborted) {
      unsubscribe();
      throw new DeskError("NOT_CONNECTED", `${this.connection.label} was disconnected.`);
    }
    this.#quoteEnds.add(onEnd);
    return () => {
      this.#quoteEnds.delete(onEnd);
      unsubscribe();
    };
  }

  isMarketOpen(): boolean {
    return this.#isMarketOpen;
  }

  /**
   * Asks the broker to do something with one order, which counts as under way until it has answered, for 10 s or until
   * the connection closes. @throws BrokerError TIMEOUT then: the outcome is unknown
   */
  async request<Result>(orderId: OrderId, ask: (options: CallOptions) => Promise<Result>): Promise<Result> {
    using _underWay = this.inFlight.begin(orderId);
    return await this.#ask(REQUEST_MS, ask);
  }

  /** Asks the broker for one order and takes over the answer, in the account's queue. */
  refresh(orderId: OrderId): Promise<OrderRow | null> {
    return this.updates.run(async () => {
      const row = await orders.find(this.#parts.db, this.connection.userId, orderId);
      return row === null ? null : refreshOrder(this.#reconcileParts(this.requireConnected()), row);
    });
  }

  /** Books what the broker pushes of orders that the desk knows; of others, it reconciles. */
  #onUpdate(event: OrderUpdateEvent): void {
    const applied = this.updates.run(() => this.#apply(event));
    const doubted = applied.catch((err: unknown) => {
      const { log, connection } = this.#parts;
      log.error({ err, connectionId: connection.id }, "an order update was not applied: reconciling");
      this.#doubt();
    });
    this.#tasks.add("apply an order update", doubted);
  }

  async #apply(event: OrderUpdateEvent): Promise<void> {
    const { db, journal, ids, clock } = this.#parts;
    const { order } = event;
    const row =
      (await orders.findByClientOrderId(db, this.account.id, order.clientOrderId)) ??
      (await orders.findByVenueOrderId(db, this.account.id, order.orderId));
    if (row === null) {
      this.#tasks.add("adopt an order", this.#sync("open"));
      return;
    }
    if (event.type === "fill") {
      await applyFill(row.id, event.fill, { journal, id: ids.uuid(), now: clock.now() });
      return;
    }
    // The answer to the placing, which is under way, says why in a code.
    if (order.status === "rejected" && this.inFlight.has(row.id)) return;
    await applySnapshot(journal, row.id, order, { endsPending: false, now: clock.now() });
  }

  #onStatus(status: ConnectionStatus): void {
    const isUsable = status.isConnected && status.channels.session.state === "up";
    if (!isUsable) this.#doubt();
    else if (!this.#isReady) this.#tasks.add("reconcile", this.#sync("recent"));
    this.#parts.bus.publish(subjects.connections(this.connection.userId));
  }

  /** No order goes until all is reconciled anew, from the start. */
  #doubt(): void {
    this.#doubts += 1;
    this.#isReady = false;
  }

  /** One reconciliation at a time; a failed one is tried again while the connection lasts. */
  #sync(scope: "recent" | "open"): Promise<void> {
    this.#syncing ??= this.#reconcile(scope).finally(() => {
      this.#syncing = null;
    });
    return this.#syncing;
  }

  async #reconcile(scope: "recent" | "open"): Promise<void> {
    const { clock, bus, log } = this.#parts;
    const { signal } = this.#stop;
    while (!signal.aborted && this.#client?.isConnected() === true) {
      const client = this.#client;
      const doubts = this.#doubts;
      try {
        this.#endUpdates ??= await this.#ask(QUESTION_MS, (options) =>
          client.subscribeToOrderUpdates((event) => this.#onUpdate(event), options),
        );
        await this.#readHours(client);
        await this.updates.run(() => reconcileAccount(this.#reconcileParts(client), this.#isReady ? scope : "recent"));
        // What was read before a drop says nothing of what happened during it.
        if (this.#doubts !== doubts) continue;
        if (!this.#isReady) {
          this.#isReady = true;
          bus.publish(subjects.connections(this.connection.userId));
        }
        this.wake();
        return;
      } catch (err) {
        log.warn({ err, connectionId: this.connection.id }, "an account could not be reconciled yet");
        await sleepQuietly(clock, RETRY_MS, signal);
      }
    }
  }

  async #tend(signal: AbortSignal): Promise<void> {
    const { clock, db, log } = this.#parts;
    let reconciledAt = clock.monotonic();
    while (await sleepQuietly(clock, TEND_EVERY_MS, signal)) {
      const client = this.readyClient();
      try {
        if (client === null) {
          if (this.#client?.isConnected() === true) await this.#sync("recent");
          continue;
        }
        await this.#readHours(client);
        const isDue = clock.monotonic() - reconciledAt >= RECONCILE_EVERY_MS;
        if (!isDue && (await orders.listByState(db, ["UNKNOWN"], this.account.id)).length === 0) continue;
        await this.#sync("open");
        reconciledAt = clock.monotonic();
      } catch (err) {
        log.warn({ err, connectionId: this.connection.id }, "a connection could not be tended");
      }
    }
  }

  async #readHours(client: BrokerClient): Promise<void> {
    const hours = await this.#ask(QUESTION_MS, (options) => client.getMarketHours(MARKET, options));
    this.#isMarketOpen = hours.isOpen;
  }

  #reconcileParts(client: BrokerClient): ReconcileParts {
    const { db, clock, ids, audit, journal, account } = this.#parts;
    const books = this.#books(client);
    return { db, clock, ids, audit, journal, account, books, unknown: this.#unknown, inFlight: this.inFlight };
  }

  #books(client: BrokerClient): OrderBooks {
    const ask = <Result>(question: (options: CallOptions) => Promise<Result>) => this.#ask(QUESTION_MS, question);
    return {
      getOpenOrders: () => ask((options) => client.getOpenOrders(options)),
      getOrderHistory: (days) => ask((options) => client.getOrderHistory(days, options)),
      getFills: (since) => ask((options) => client.getFills(since, options)),
      getOrderByClientOrderId: (id) => ask((options) => client.getOrderByClientOrderId(id, options)),
    };
  }

  /** Every call to the broker ends: with its answer, with its time, or with this connection. */
  #ask<Result>(ms: number, call: (options: CallOptions) => Promise<Result>): Promise<Result> {
    return withTimeout(this.#parts.clock, ms, (signal) => call({ signal }), this.#stop.signal);
  }

  async #disconnect(): Promise<void> {
    const { clock, manager, log, connection } = this.#parts;
    try {
      await withTimeout(clock, DISCONNECT_MS, () => manager.disconnectBroker(connection.userId, connection.id));
    } catch (err) {
      log.error({ err, connectionId: connection.id }, "a broker did not let go in time");
    }
  }
}
